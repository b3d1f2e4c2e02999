import { ListChecks, Lock } from "lucide-react";
import { answerTo, missingAttributes } from "../../../document";
import type { Editor } from "../../../editor";
import { t, tn } from "../../../words";
import { CommandButton } from "../CommandButton";
import { useSnapshot } from "../useSnapshot";
import { AttributeField } from "./AttributeField";
import styles from "./AttributeForm.module.css";

/** What the category of the selected annotation asks; without a selection, how many answers are still missing. */
export function AttributeForm({ editor }: { readonly editor: Editor }) {
  const { annotations, selectedId } = useSnapshot(editor);
  const selected = annotations.find(({ id }) => id === selectedId);
  const questions = selected ? editor.fields.questionsOf(selected) : [];
  if (!selected || questions.length === 0) return <Incomplete editor={editor} />;
  const missing = missingAttributes(questions, selected.attributes);
  return (
    <section className={styles.section} aria-label={t("Attributes")}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t("Attributes")}</h2>
        {missing.length > 0 && (
          <span className={styles.missing}>{t("{count} missing", { count: missing.length })}</span>
        )}
      </header>
      {selected.locked && (
        <p className={styles.hint}>
          <Lock aria-hidden="true" />
          {t("Unlock the annotation to change its attributes.")}
        </p>
      )}
      <div className={styles.fields}>
        {questions.map((question) => (
          <AttributeField
            key={`${selected.id} ${question.name}`}
            definition={question}
            value={answerTo(question, selected.attributes)}
            isLocked={selected.locked}
            onChange={(value) => editor.fields.setAttribute(selected.id, question.name, value)}
          />
        ))}
      </div>
    </section>
  );
}

function Incomplete({ editor }: { readonly editor: Editor }) {
  const count = editor.fields.incomplete().length;
  if (count === 0) return null;
  return (
    <section className={styles.section} aria-label={t("Attributes")}>
      <p className={styles.hint} role="status">
        {tn("{count} annotation lacks a required attribute.", "{count} annotations lack a required attribute.", count)}
        <CommandButton
          editor={editor}
          command="annotation.nextIncomplete"
          label={t("Go to the next one")}
          icon={<ListChecks />}
        />
      </p>
    </section>
  );
}
