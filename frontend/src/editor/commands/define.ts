import type { Command } from "../command";

type Definition = Omit<Command, "shortcuts" | "disabledReason"> & {
  readonly shortcuts?: readonly string[];
  readonly disabledReason?: () => string | null;
};

export function command({ shortcuts = [], disabledReason = () => null, ...rest }: Definition): Command {
  return { ...rest, shortcuts, disabledReason };
}
