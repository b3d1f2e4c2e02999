import { ListX } from "lucide-react";
import type { AnnotationSource } from "../../document";
import type { Category } from "../../editor";
import { t } from "../../words";
import { IconButton, Select, type SelectOption } from "../components";
import styles from "./ListFilters.module.css";
import { EVERYTHING, type ListQuery } from "./listQuery";
import { ScoreFilterBar } from "./ScoreFilterBar";
import { scoreInWords } from "./scoreFilter";

const ANY = "any";

const SOURCES: readonly SelectOption<AnnotationSource | typeof ANY>[] = [
  { value: ANY, label: t("Any source") },
  { value: "prompt", label: t("Prompted") },
  { value: "manual", label: t("Drawn by hand") },
  { value: "proposal", label: t("Proposed") },
  { value: "import", label: t("Imported") },
];

/** Any score is at most this. */
const ANY_SCORE = { score: "predicted_iou", max: scoreInWords("predicted_iou").most } as const;

export interface ListFiltersProps {
  readonly query: ListQuery;
  readonly onChange: (query: ListQuery) => void;
  readonly categories: readonly Category[];
}

export function ListFilters({ query, onChange, categories }: ListFiltersProps) {
  const categoryOptions = [
    { value: ANY, label: t("Any category") },
    ...categories.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  return (
    <fieldset className={styles.filters}>
      <legend className="visually-hidden">{t("Filters")}</legend>
      <Select
        label={t("Category")}
        hidesLabel
        className={styles.category}
        options={categoryOptions}
        value={query.categoryId === null ? ANY : String(query.categoryId)}
        onChange={(id) => onChange({ ...query, categoryId: id === ANY ? null : Number(id) })}
      />
      <Select
        label={t("Source")}
        hidesLabel
        className={styles.category}
        options={SOURCES}
        value={query.source ?? ANY}
        onChange={(source) => onChange({ ...query, source: source === ANY ? null : source })}
      />
      <div className={styles.score}>
        <ScoreFilterBar
          filter={query.score ?? ANY_SCORE}
          onChange={(score) =>
            onChange({ ...query, score: score.max >= scoreInWords(score.score).most ? null : score })
          }
        />
      </div>
      <IconButton
        label={t("Show everything")}
        icon={<ListX />}
        tooltipSide="left"
        onClick={() => onChange({ ...EVERYTHING, order: query.order })}
      />
    </fieldset>
  );
}
