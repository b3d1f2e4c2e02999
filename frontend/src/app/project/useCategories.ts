import { useMutation, useQuery } from "@tanstack/react-query";
import {
  type CategoryChange,
  type CategoryDto,
  changeCategory,
  createCategory,
  deleteCategory,
  listCategories,
  sentenceOf,
} from "../../api";
import { notify } from "../../ui/components";
import { keys, queryClient } from "../queryClient";

/** One and the same, so that effects do not take it for news. */
const NONE: readonly CategoryDto[] = [];

const tell = (error: unknown): void => notify({ level: "error", message: sentenceOf(error) });

/** The categories of a project in their order, and what can be done to them. A refusal is shown, and nothing changes. */
export function useCategories(projectId: number) {
  const queryKey = keys.categories(projectId);
  const query = useQuery({ queryKey, queryFn: ({ signal }) => listCategories(projectId, signal), staleTime: 30_000 });
  const update = (edit: (categories: CategoryDto[]) => CategoryDto[]): void => {
    queryClient.setQueryData<CategoryDto[]>(queryKey, (now) => edit(now ?? []));
  };
  const create = useMutation({
    mutationFn: (name: string) => createCategory(projectId, name),
    onSuccess: (created) => update((now) => [...now, created]),
    onError: tell,
  });
  const change = useMutation({
    mutationFn: ({ id, ...fields }: { id: number } & CategoryChange) => changeCategory(id, fields),
    onSuccess: (changed) => update((now) => now.map((category) => (category.id === changed.id ? changed : category))),
    onError: tell,
  });
  const remove = useMutation({
    mutationFn: (id: number) => deleteCategory(id),
    onSuccess: (_none, id) => update((now) => now.filter((category) => category.id !== id)),
    onError: tell,
  });
  return { query, categories: query.data ?? NONE, create, change, remove };
}
