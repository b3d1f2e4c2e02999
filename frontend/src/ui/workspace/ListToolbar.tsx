import { ArrowDownWideNarrow, Check, Eye, EyeOff, ListFilter, Search } from "lucide-react";
import type { Editor } from "../../editor";
import { t } from "../../words";
import { IconButton, Menu, TextField } from "../components";
import { CommandButton } from "./CommandButton";
import styles from "./ListToolbar.module.css";
import { isFiltering, type ListOrder, type ListQuery } from "./listQuery";

const ORDERS: readonly { readonly value: ListOrder; readonly label: string }[] = [
  { value: "drawing", label: t("Top first") },
  { value: "area", label: t("Largest first") },
  { value: "score", label: t("Unsure first") },
  { value: "category", label: t("By category") },
];

export interface ListToolbarProps {
  readonly editor: Editor;
  readonly query: ListQuery;
  readonly onChange: (query: ListQuery) => void;
  readonly areAnnotationsVisible: boolean;
  readonly areFiltersOpen: boolean;
  readonly onToggleFilters: () => void;
}

/** Search, order, filters and visibility of the annotations. */
export function ListToolbar(props: ListToolbarProps) {
  const { editor, query, onChange, areAnnotationsVisible, areFiltersOpen, onToggleFilters } = props;
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("Annotations")}>
      <TextField
        label={t("Search annotations")}
        hidesLabel
        className={styles.search}
        icon={<Search />}
        type="search"
        placeholder={t("Search")}
        data-place="annotations"
        value={query.text}
        onChange={(event) => onChange({ ...query, text: event.target.value })}
        onKeyDown={(event) =>
          event.key === "Escape" && leave(event.currentTarget, () => onChange({ ...query, text: "" }))
        }
      />
      <OrderMenu order={query.order} onChange={(order) => onChange({ ...query, order })} />
      <IconButton
        label={areFiltersOpen ? t("Hide the filters") : t("Filter by category, source and score")}
        icon={<ListFilter />}
        isPressed={areFiltersOpen || isFiltering({ ...query, text: "" })}
        aria-expanded={areFiltersOpen}
        tooltipSide="left"
        onClick={onToggleFilters}
      />
      <CommandButton
        editor={editor}
        command="view.toggleAnnotations"
        label={areAnnotationsVisible ? t("Hide all annotations") : t("Show all annotations")}
        icon={areAnnotationsVisible ? <Eye /> : <EyeOff />}
      />
    </div>
  );
}

interface OrderMenuProps {
  readonly order: ListOrder;
  readonly onChange: (order: ListOrder) => void;
}

function OrderMenu({ order, onChange }: OrderMenuProps) {
  const current = ORDERS.find(({ value }) => value === order)?.label ?? "";
  return (
    <Menu
      trigger={(props) => (
        <IconButton {...props} label={t("Order: {order}", { order: current })} icon={<ArrowDownWideNarrow />} />
      )}
      items={ORDERS.map(({ value, label }) => ({
        label,
        icon: value === order ? <Check /> : <span className={styles.unchosen} />,
        run: () => onChange(value),
      }))}
    />
  );
}

/** Escape empties the search; when it is empty, the keys go back to the canvas. */
function leave(field: HTMLInputElement, clear: () => void): void {
  if (field.value === "") field.blur();
  else clear();
}
