import { useEffect, useRef } from "react";
import type { Editor } from "../../editor";
import { t } from "../../words";
import styles from "./HistoryPanel.module.css";
import { useSnapshot } from "./useSnapshot";

/** Every step on this image by its name. A click goes there: later steps are undone, and wait to be done again. */
export function HistoryPanel({ editor }: { readonly editor: Editor }) {
  const { history } = useSnapshot(editor);
  const current = useRef<HTMLButtonElement>(null);
  const doneCount = history.done.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the current step has moved when the count has.
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest" });
  }, [doneCount]);
  const steps = [...history.done, ...history.undone.toReversed()];
  return (
    <section className={styles.section} aria-label={t("History")} data-place="history" tabIndex={-1}>
      <ol className={styles.list}>
        {[{ label: t("As it was opened") }, ...steps].map(({ label }, count) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other name than its place.
          <li key={count}>
            <button
              ref={count === doneCount ? current : undefined}
              type="button"
              className={styles.step}
              data-undone={count > doneCount || undefined}
              aria-current={count === doneCount ? "step" : undefined}
              onClick={() => editor.timeline.goTo(count)}
            >
              <span className={styles.mark} aria-hidden="true" />
              {label}
              {count > doneCount && <span className="visually-hidden">{t("(undone)")}</span>}
            </button>
          </li>
        ))}
      </ol>
      {steps.length === 0 && (
        <p className={styles.empty}>{t("Each step that you make here is listed, and can be gone back to.")}</p>
      )}
    </section>
  );
}
