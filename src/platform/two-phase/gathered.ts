/**
 * Makes one write of all that is asked while the write before is under way, so that many share its flush. When a write fails,
 * everybody in it hears the error.
 */
export function gathered<Item, Answer>(
  write: (items: readonly Item[]) => Promise<Answer>,
): (item: Item) => Promise<Answer> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (cause: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let writing = false;

  async function writeAll(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const answer = await write(group.map(({ item }) => item));
        for (const { resolve } of group) resolve(answer);
      } catch (cause) {
        for (const { reject } of group) reject(cause);
      }
    }
    writing = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!writing) void writeAll();
    });
}
