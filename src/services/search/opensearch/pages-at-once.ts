/**
 * Does the work of each page, `most` pages at once; the next is read only when there is room for it. When one fails no other is
 * begun, those under way are awaited, and then it throws.
 */
export async function pagesAtOnce<Page>(
  pages: AsyncIterable<Page>,
  most: number,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const reading = pages[Symbol.asyncIterator]();
  let failed = false;
  const oneByOne = async () => {
    while (!failed) {
      const { done, value } = await reading.next();
      if (done === true) return;
      await work(value);
    }
  };
  const workers = Array.from({ length: most }, () =>
    oneByOne().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  const fault = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected');
  if (fault?.status !== 'rejected') return;
  await reading.return?.();
  throw fault.reason;
}
