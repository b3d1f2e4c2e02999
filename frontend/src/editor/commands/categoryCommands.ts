import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

const NUMBER_KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

export function categoryCommands(editor: Editor): Command[] {
  return NUMBER_KEYS.map((key, index) =>
    command({
      id: `category.${key}`,
      group: "annotation",
      label: t("Category {key}", { key }),
      shortcuts: [key],
      run: () => editor.chooseCategoryAt(index),
      disabledReason: () =>
        index < editor.state.categories.length ? null : t("There is no category {key} yet.", { key }),
    }),
  );
}
