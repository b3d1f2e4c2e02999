import { t } from "../words";
import type { PreparedImage, Wanted } from "./decoder";
import type { DecodeReply, WirePrompt } from "./protocol";

const ROUNDS = 8;
const DECODES_A_ROUND = 3;
/** Of decodes; where they take this long, compiling is not what makes them slow. */
const LONGEST_MS = 10_000;

/** A click that nobody made. */
export function middlePrompt(key: string, { embedding }: PreparedImage): WirePrompt {
  const [height, width] = embedding.originalHw;
  return { key, pointsXy: [[width / 2, height / 2]], labels: [1], boxXyxy: null, previousLogits: null };
}

/**
 * The engine compiles what it runs often, so the first runs are several times slower: they shall not be the user's.
 * Each run is queued on its own, so that a click never waits for more than one. Failures show with the first click.
 */
export async function warmUp(
  prompt: WirePrompt,
  decode: (prompt: WirePrompt, wanted: Wanted) => Promise<DecodeReply | null>,
  prepareToRefine: () => Promise<void>,
): Promise<void> {
  try {
    // Fetched beside the queue, which must not wait for the network.
    const readyToRefine = prepareToRefine();
    let spentMs = 0;
    const timed = async (asked: WirePrompt, wanted: Wanted): Promise<DecodeReply | null> => {
      const reply = await decode(asked, wanted);
      spentMs += reply?.decodeMs ?? 0;
      return reply;
    };
    for (let round = 0; round < ROUNDS && spentMs < LONGEST_MS; round++) {
      let reply: DecodeReply | null = null;
      for (let run = 0; run < DECODES_A_ROUND; run++) reply = await timed(prompt, run === 0 ? "all" : "best");
      await readyToRefine;
      const previousLogits = reply?.candidates[0]?.lowResLogits ?? null;
      await timed({ ...prompt, previousLogits }, "best");
    }
  } catch (error) {
    console.warn(t("The decoder could not be warmed up."), error);
  }
}
