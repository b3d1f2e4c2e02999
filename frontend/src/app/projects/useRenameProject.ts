import { renameProject } from "../../api";
import { keys, queryClient } from "../queryClient";

export function useRenameProject(projectId: number): (name: string) => Promise<void> {
  return async (name) => {
    queryClient.setQueryData(keys.project(projectId), await renameProject(projectId, name));
    await queryClient.invalidateQueries({ queryKey: keys.projects, exact: true });
  };
}
