import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { type AttributeDefinition, type AttributeValue, fits } from "../../../document";
import { t } from "../../../words";
import { Select, TextField } from "../../components";
import styles from "./AttributeForm.module.css";

export interface AttributeFieldProps {
  readonly definition: AttributeDefinition;
  readonly value: AttributeValue | undefined;
  readonly isLocked: boolean;
  /** `undefined` takes the answer back. */
  readonly onChange: (value: AttributeValue | undefined) => void;
}

/** One question, asked in the way that its kind is answered. */
export function AttributeField(props: AttributeFieldProps) {
  switch (props.definition.kind) {
    case "text":
    case "number":
      return <WrittenField {...props} />;
    case "choice":
      return <ChoiceField {...props} />;
    case "checkbox":
      return <CheckboxField {...props} />;
    default:
      return props.definition.kind satisfies never;
  }
}

const labelOf = ({ name, required }: AttributeDefinition): string => (required ? `${name} *` : name);

/** Texts and numbers: taken when the field is left or Enter is pressed, so that typing is one step of the history. */
function WrittenField({ definition, value, isLocked, onChange }: AttributeFieldProps) {
  const stored = value === undefined ? "" : String(value);
  const [text, setText] = useState(stored);
  useEffect(() => setText(stored), [stored]);
  const isNumber = definition.kind === "number";
  const written = text.trim();
  const answer = isNumber ? Number(written.replace(",", ".")) : written;
  const isWrong = written !== "" && !fits(definition, answer);
  const commit = (): void => {
    if (isWrong || text === stored) return;
    onChange(written === "" ? undefined : answer);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter") commit();
    if (event.key === "Escape") setText(stored);
  };
  return (
    <TextField
      label={labelOf(definition)}
      value={text}
      inputMode={isNumber ? "decimal" : "text"}
      aria-required={definition.required}
      readOnly={isLocked}
      error={isWrong ? wrong(isNumber) : null}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}

const wrong = (isNumber: boolean): string => (isNumber ? t("Write a number.") : t("This is too long."));

const NO_CHOICE = "";

function ChoiceField({ definition, value, isLocked, onChange }: AttributeFieldProps) {
  const options = (definition.options ?? []).map((option) => ({ value: option, label: option }));
  return (
    <Select
      label={labelOf(definition)}
      options={[{ value: NO_CHOICE, label: "–" }, ...options]}
      value={typeof value === "string" ? value : NO_CHOICE}
      onChange={(chosen) => !isLocked && onChange(chosen === NO_CHOICE ? undefined : chosen)}
    />
  );
}

/** A required one that nobody has answered is neither on nor off. */
function CheckboxField({ definition, value, isLocked, onChange }: AttributeFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const isOpen = definition.required && value === undefined;
  useEffect(() => {
    if (input.current) input.current.indeterminate = isOpen;
  }, [isOpen]);
  return (
    <div className={styles.checkbox}>
      <input
        ref={input}
        id={id}
        type="checkbox"
        checked={value === true}
        onChange={(event) => !isLocked && onChange(event.target.checked)}
      />
      <label htmlFor={id}>{labelOf(definition)}</label>
    </div>
  );
}
