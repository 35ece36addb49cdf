/** The best `count` of all documents offered, best first; of equals, the one with the higher number (the newer) is better. */
export interface Best {
  offer(document: number, rank: number): void;
  take(): readonly number[];
}

/** A binary heap with the worst kept document on top. */
export function keepBest(count: number): Best {
  const documents: number[] = [];
  const ranks: number[] = [];

  const isWorse = (a: number, b: number) =>
    (ranks[a] as number) < (ranks[b] as number) ||
    (ranks[a] === ranks[b] && (documents[a] as number) < (documents[b] as number));

  function swap(a: number, b: number): void {
    [documents[a], documents[b]] = [documents[b] as number, documents[a] as number];
    [ranks[a], ranks[b]] = [ranks[b] as number, ranks[a] as number];
  }

  function rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isWorse(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  }

  function sink(): void {
    for (let at = 0; ; ) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < documents.length && isWorse(child, worst)) worst = child;
      if (worst === at) return;
      swap(at, worst);
      at = worst;
    }
  }

  return {
    offer(document, rank) {
      if (documents.length < count) {
        documents.push(document);
        ranks.push(rank);
        rise(documents.length - 1);
      } else if (count > 0) {
        const top = ranks[0] as number;
        if (rank < top || (rank === top && document < (documents[0] as number))) return;
        documents[0] = document;
        ranks[0] = rank;
        sink();
      }
    },
    take() {
      const order = documents.map((document, index) => ({ document, rank: ranks[index] as number }));
      order.sort((a, b) => (a.rank === b.rank ? b.document - a.document : a.rank > b.rank ? -1 : 1));
      return order.map(({ document }) => document);
    },
  };
}
