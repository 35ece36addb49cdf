/** Stands for what is not shown. */
export const HIDDEN = '••••••••';

const PASSWORD = /(:\/\/[^\s/@:]*:)[^\s/]*@/g;
/** What an HTTP server is told before the host is a token as often as a name. */
const TOKEN = /(https?:\/\/)[^\s/:@]+@/gi;

/** A text as a person may see it: addresses in it, those of several hosts too, have no passwords any more. */
export function withoutPassword(text: string): string {
  return text.replace(PASSWORD, `$1${HIDDEN}@`).replace(TOKEN, `$1${HIDDEN}@`);
}
