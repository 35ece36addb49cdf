const FIRST_MS = 1_000;
const AGAIN_MS = 10_000;

/** Says what is waited for once it has taken a second, and again every ten, until the work is done. */
export async function whileTelling<Result>(
  say: (line: string) => void,
  what: () => string,
  work: Promise<Result>,
): Promise<Result> {
  let again: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    say(`${what()} …`);
    again = setInterval(() => say(`${what()}, still …`), AGAIN_MS);
  }, FIRST_MS);
  try {
    return await work;
  } finally {
    clearTimeout(first);
    clearInterval(again);
  }
}
