import { Bug } from "lucide-react";
import { Component, type ReactNode } from "react";
import { sentenceOf } from "../../api";
import { Button, EmptyState } from "../../ui/components";

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
          title="The page has failed"
          action={
            <Button variant="primary" onClick={() => window.location.reload()}>
              Reload
            </Button>
          }
        >
          Every mask that you accepted is kept. Reload to go on. ({sentenceOf(this.state.error)})
        </EmptyState>
      </main>
    );
  }
}
