import { previewOf, renditionsOf } from '../design/renditions.ts';
import { hrefIn, type Page } from './page-context.tsx';
import type { Language, PageState } from './page-state.ts';
import type { Head, PreloadedPicture } from './storefront.ts';

/** The built files that a page needs, as addresses. */
export interface Files {
  readonly script?: string | undefined;
  readonly styles: readonly string[];
  /** Modules that the script will import. */
  readonly modules: readonly string[];
  readonly fonts: readonly string[];
}

interface DocumentProps {
  readonly page: Page;
  readonly head: Head;
  readonly files: Files;
  readonly body: string;
  readonly state: PageState;
}

const LANGUAGES: readonly Language[] = ['en', 'ko'];
const LOCALES: Readonly<Record<Language, string>> = { en: 'en_GB', ko: 'ko_KR' };

/** The document around a page. It holds no script that runs by itself: data only, and addresses of our own files. */
export function Document({ page, head, files, body, state }: DocumentProps) {
  const { language, origin, path, words } = page;
  const own = head.canonical ?? path.split('?')[0] ?? path;
  const at = (each: Language) => `${origin}${hrefIn(each, own)}`;
  const title = `${head.title} · ${words.shell.name}`;
  const image = new URL(previewOf(head.image ?? '/social.png'), origin).href;
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta name="description" content={head.description} />
        {head.reloadS === undefined ? null : (
          <noscript>
            <meta httpEquiv="refresh" content={String(head.reloadS)} />
          </noscript>
        )}
        {files.styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {head.preload?.map((each) => (
          <EarlyPicture key={each.src} {...each} />
        ))}
        {files.fonts.map((href) => (
          <link key={href} rel="preload" as="font" type="font/woff2" href={href} crossOrigin="anonymous" />
        ))}
        {files.script === undefined ? null : <script type="module" src={files.script} />}
        {files.modules.map((href) => (
          <link key={href} rel="modulepreload" href={href} />
        ))}
        {head.hidden ? <meta name="robots" content="noindex" /> : <link rel="canonical" href={at(language)} />}
        {head.hidden
          ? null
          : LANGUAGES.map((each) => <link key={each} rel="alternate" hrefLang={each} href={at(each)} />)}
        {head.hidden ? null : <link rel="alternate" hrefLang="x-default" href={at('en')} />}
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf8f4" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#151412" />
        <meta property="og:site_name" content={words.shell.name} />
        <meta property="og:type" content={head.kind ?? 'website'} />
        <meta property="og:title" content={head.title} />
        <meta property="og:description" content={head.description} />
        <meta property="og:url" content={at(language)} />
        <meta property="og:locale" content={LOCALES[language]} />
        <meta property="og:image" content={image} />
        <meta name="twitter:card" content="summary_large_image" />
        <link rel="icon" href="/favicon.ico" sizes="32x32" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        <link rel="manifest" href={`/${language}/manifest.webmanifest`} />
        {head.data?.map((each) => (
          <Data key={JSON.stringify(each)} type="application/ld+json" data={each} />
        ))}
      </head>
      <body>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: React rendered and escaped it */}
        <div id="root" dangerouslySetInnerHTML={{ __html: body }} />
        <Data id="state" type="application/json" data={state} />
      </body>
    </html>
  );
}

/** Begins to load a picture before its place in the document is read. */
function EarlyPicture({ src, sizes, media }: PreloadedPicture) {
  const made = renditionsOf(src);
  const asked = made === undefined ? { href: src } : { type: 'image/avif', imageSrcSet: made.avif, imageSizes: sizes };
  return <link rel="preload" as="image" {...asked} media={media} fetchPriority="high" />;
}

/** Data in the document. `<` is escaped, so that no text of a seller's ends the block and begins another. */
function Data({ id, type, data }: { readonly id?: string; readonly type: string; readonly data: object }) {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON without any `<`
  return <script id={id} type={type} dangerouslySetInnerHTML={{ __html: json }} />;
}
