import type { FastifyReply } from 'fastify';
import { PAGE_POLICY, PAGE_STYLE } from './page-style.ts';

/** A page's parts. `body` is HTML: whoever makes it escapes what is not its own (`escapeHtml`). */
export interface Page {
  readonly language: 'en' | 'ko';
  readonly title: string;
  readonly description: string;
  readonly body: string;
  /** Links at the top right, as HTML. */
  readonly navigation: string;
}

/** Sends a page with its whole style in it and no script, under a policy that allows nothing else. */
export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', PAGE_POLICY)
    .header('referrer-policy', 'no-referrer')
    .header('content-language', page.language)
    .send(render(page));
}

/** A text that says the same in HTML, between tags and within quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Whether a client would rather have a page than JSON. */
export function wantsPage(request: { readonly headers: { readonly accept?: string | undefined } }): boolean {
  return /\btext\/html\b/.test(request.headers.accept ?? '');
}

function render({ language, title, description, body, navigation }: Page): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
<style>${PAGE_STYLE}</style>
</head>
<body>
<header><a class="name" href="/">Jangteo 장터</a><nav>${navigation}</nav></header>
<main>
${body}
</main>
</body>
</html>
`;
}
