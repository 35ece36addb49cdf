import '../design/fonts.css';
import '../design/tokens.css';
import '../design/base.css';
import './console.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from './language.tsx';
import { router } from './router.tsx';
import { queryClient } from './server/queries.ts';
import { applyTheme, storedTheme } from './theme.ts';

// The style elements that dialogs make while they are open carry the nonce that this document was sent with.
const nonced = document.querySelector<HTMLElement>('meta[property=csp-nonce]');
Reflect.set(globalThis, '__webpack_nonce__', nonced?.nonce);
applyTheme(storedTheme());

const root = document.getElementById('root');
if (root === null) throw new Error('the document has no place for the console');
createRoot(root).render(
  <QueryClientProvider client={queryClient}>
    <LanguageProvider>
      <RouterProvider router={router} />
    </LanguageProvider>
  </QueryClientProvider>,
);
