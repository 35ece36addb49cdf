/** What happens to a parcel after its label is made: the carrier's codes, in order. */
export const STAGES = ['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED'] as const;

/** A label, and how far its parcel has come. */
export interface Label {
  readonly reference: string;
  readonly trackingNo: string;
  readonly madeAt: number;
  /** How many of the stages the shop has acknowledged. */
  told: number;
}

/** One line of the carrier's journal. */
export type CarrierLine =
  | { readonly kind: 'label'; readonly reference: string; readonly trackingNo: string; readonly madeAt: number }
  | { readonly kind: 'told'; readonly reference: string; readonly told: number };

export interface Labels {
  get(reference: string): Label | undefined;
  apply(line: CarrierLine): Label | undefined;
  undelivered(): readonly Label[];
  nextTrackingNo(): string;
  size(): number;
}

/** No labels yet; `apply` takes up those of the journal. */
export function labels(): Labels {
  const known = new Map<string, Label>();
  return {
    get: (reference) => known.get(reference),
    apply(line) {
      if (line.kind === 'label') known.set(line.reference, { ...line, told: 0 });
      const label = known.get(line.reference);
      if (label !== undefined && line.kind === 'told') label.told = line.told;
      return label;
    },
    undelivered: () => [...known.values()].filter(({ told }) => told < STAGES.length),
    nextTrackingNo: () => `TRK${String(known.size + 1).padStart(9, '0')}`,
    size: () => known.size,
  };
}
