import { Bug } from "lucide-react";
import { Component, type ReactNode } from "react";
import { sentenceOf } from "../../api";
import { Button, EmptyState } from "../../ui/components";
import { t } from "../../words";

/** Shown when the page itself fails: what was saved or journaled is safe, and a reload brings it back. */
export class Crash extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <main style={{ display: "grid", height: "100%" }}>
        <EmptyState
          icon={<Bug />}
          tone="danger"
          title={t("The page has failed")}
          action={
            <Button variant="primary" onClick={() => window.location.reload()}>
              {t("Reload")}
            </Button>
          }
        >
          {t("Every mask that you accepted is kept. Reload to go on. ({problem})", {
            problem: sentenceOf(this.state.error),
          })}
        </EmptyState>
      </main>
    );
  }
}
