import { useMutation } from "@tanstack/react-query";
import { changeOverlapPolicy, type Project, sentenceOf } from "../../api";
import { notify, Select } from "../../ui/components";
import { t } from "../../words";
import { keys, queryClient } from "../queryClient";
import styles from "./OverlapSection.module.css";

type Policy = Project["overlap_policy"];

const labels = (): Record<Policy, string> => ({
  free: t("Masks may overlap"),
  take: t("Apart: a new mask takes pixels"),
  yield: t("Apart: a new mask leaves pixels"),
});

const explanations = (): Record<Policy, string> => ({
  free: t("Where masks overlap, the one on top is seen. Exports hold them all as they are."),
  take: t("A new mask takes the pixels of the others. In exports no masks overlap."),
  yield: t("A new mask leaves the pixels that others have. In exports no masks overlap."),
});

/** What becomes of pixels that two masks of an image both want. */
export function OverlapSection({ project }: { readonly project: Project }) {
  const change = useMutation({
    mutationFn: (policy: Policy) => changeOverlapPolicy(project.id, policy),
    onSuccess: (changed) => queryClient.setQueryData(keys.project(project.id), changed),
    onError: (error) => notify({ level: "error", message: sentenceOf(error) }),
  });
  const mayChange = project.role === "owner" || project.role === "manager";
  const words = labels();
  const policy = change.isPending ? change.variables : project.overlap_policy;
  return (
    <section className={styles.section} aria-label={t("Overlaps")}>
      {mayChange ? (
        <Select
          label={t("Overlaps")}
          options={(["free", "take", "yield"] as const).map((value) => ({ value, label: words[value] }))}
          value={policy}
          onChange={(chosen) => change.mutate(chosen)}
        />
      ) : (
        <p className={styles.policy}>{words[policy]}</p>
      )}
      <p className={styles.hint}>{explanations()[policy]}</p>
    </section>
  );
}
