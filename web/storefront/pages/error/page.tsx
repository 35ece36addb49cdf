import type { StorefrontPage } from '../../storefront.ts';
import { ErrorBody, type ErrorView, errorWords } from './ErrorBody.tsx';

export const errorPage: StorefrontPage<ErrorView> = {
  Body: ErrorBody,
  head({ status }, { words }) {
    const { title, text } = errorWords(words, status);
    return { title, description: text, hidden: true };
  },
};
