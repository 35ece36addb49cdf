import type { paths } from '../generated/web.ts';

type Json<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : never;

/** What `GET` answers at a path of the pages' contract, e.g. `Answer<'/web/v1/{lang}/p/{productId}'>`. */
export type Answer<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: infer Ok } } }
  ? Json<Ok>
  : never;

/** What `POST`, `PUT`, `PATCH` or `DELETE` takes and answers. */
export type Body<Path extends keyof paths, Method extends keyof paths[Path]> = paths[Path][Method] extends {
  requestBody: { content: { 'application/json': infer Given } };
}
  ? Given
  : never;
