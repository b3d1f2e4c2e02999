import { DIRECTIONS, type EdgeMap } from "./edgeMap";

/** Weights of the paper for: no zero crossing, turning away from the edge, weak gradient. */
const [WEIGHT_CROSSING, WEIGHT_DIRECTION, WEIGHT_STRENGTH] = [0.43, 0.43, 0.14];
/** Costs are whole numbers for the bucket queue: this many for the dearest step of length 1. */
const UNIT = 127;
/** No step is free: among equal ways the short one wins. */
const LEAST = 1;
export const MAX_LINK_COST = Math.ceil((UNIT + LEAST) * Math.SQRT2) + 1;

/** The eight neighbours of a corner, clockwise from +x. */
export const STEPS = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const;

/**
 * What a step from one corner to a neighbour costs: local cost of Mortensen & Barrett 1995 ("Intelligent Scissors for
 * Image Composition", section 3), times the length of the step.
 */
export class LinkCosts {
  /** The part that depends on the corner alone. */
  private readonly own: Uint8Array;

  constructor(private readonly edges: EdgeMap) {
    const { strength, isCrossing } = edges;
    this.own = new Uint8Array(strength.length);
    for (let corner = 0; corner < strength.length; corner++) {
      const crossing = isCrossing[corner] ? 0 : WEIGHT_CROSSING;
      this.own[corner] = Math.round(UNIT * (crossing + WEIGHT_STRENGTH * (1 - (strength[corner] ?? 0))));
    }
  }

  /** `to` is the neighbour of `from` in the direction STEPS[step]. A whole number, 1 to MAX_LINK_COST. */
  cost(from: number, to: number, step: number): number {
    const { direction } = this.edges;
    const turning = TURNING[((direction[from] ?? 0) * DIRECTIONS + (direction[to] ?? 0)) * STEPS.length + step] ?? 0;
    const cost = LEAST + (this.own[to] ?? 0) + turning;
    return step & 1 ? Math.round(cost * Math.SQRT2) : cost;
  }
}

/** The direction term for every pair of gradient directions and every step: an arc cosine at each step is slow. */
const TURNING = Uint8Array.from({ length: DIRECTIONS * DIRECTIONS * STEPS.length }, (_, at) => {
  const step = at % STEPS.length;
  const [from, to] = [Math.floor(at / STEPS.length / DIRECTIONS), Math.floor(at / STEPS.length) % DIRECTIONS];
  return Math.round(UNIT * WEIGHT_DIRECTION * directionCost(from, to, step));
});

/**
 * 0 where a step runs along the edge at both its ends, up to 1 where it runs across. An edge runs at right angles to
 * the gradient; the step is taken in whichever sense goes with the edge at its start.
 */
function directionCost(from: number, to: number, step: number): number {
  const along = (direction: number): number => (2 * Math.PI * direction) / DIRECTIONS + Math.PI / 2;
  const stepAngle = (Math.PI / 4) * step;
  const atStart = Math.cos(along(from) - stepAngle);
  const atEnd = Math.cos(along(to) - stepAngle) * (atStart < 0 ? -1 : 1);
  return ((Math.acos(Math.abs(atStart)) + Math.acos(atEnd)) * 2) / (3 * Math.PI);
}
