import type { ComponentType } from 'react';
import { type Page, PageProvider } from './page-context.tsx';
import { Footer } from './shell/Footer.tsx';
import { Header } from './shell/Header.tsx';

interface AppProps<View> {
  readonly page: Page;
  readonly view: View;
  readonly Body: ComponentType<{ readonly view: View }>;
}

/** A whole page: what is around it, and its own content. The server renders it, the browser takes it over. */
export function App<View>({ page, view, Body }: AppProps<View>) {
  return (
    <PageProvider value={page}>
      <a className="skip" href="#content">
        {page.words.shell.skip}
      </a>
      <Header />
      <main id="content" tabIndex={-1}>
        <Body view={view} />
      </main>
      <Footer />
    </PageProvider>
  );
}
