import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { idempotencyOf } from '../../../platform/http/idempotency.ts';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { ServiceKit } from '../../../platform/service/port.ts';
import { ImportAnswer, ImportStanding } from '../api-shapes.ts';
import { csvRecords } from './csv-file.ts';
import { type ImportProgress, type ImportTarget, importRecords } from './import.ts';
import { importsUnderWay } from './imports-under-way.ts';
import { importOnce } from './keyed-import.ts';

const tags = ['admin: catalog'];

/** Largest file an import takes. */
const MOST_IMPORT_BYTES = 100 * 1024 * 1024;

/** Files of products, and how far those are that came with a key. */
export function importRoutes({ store, clock }: Pick<ServiceKit, 'store' | 'clock'>, target: ImportTarget): HttpRoutes {
  const underWay = importsUnderWay(clock);

  return async (http) => {
    http.get(
      '/v1/admin/import/:key',
      {
        schema: {
          tags,
          summary: 'How far the import under an Idempotency-Key is, and its report when it is done',
          description:
            'Of this process since its start. Sending the same file with the same key again answers the report at any time.',
          params: Type.Object({ key: Type.String({ minLength: 1, maxLength: 255 }) }),
          response: { 200: ImportStanding },
        },
        config: { problems: ['unknown_import'] },
      },
      async ({ params: { key } }) => {
        const standing = underWay.find(`admin POST /v1/admin/import ${key}`);
        if (standing !== undefined) return standing;
        throw new Problem('unknown_import', 'Send the file with its key again: nothing of it is done twice.');
      },
    );

    await http.register(async (files) => {
      files.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
      files.post(
        '/v1/admin/import',
        {
          bodyLimit: MOST_IMPORT_BYTES,
          schema: {
            tags,
            summary: 'Import products from CSV',
            description:
              'Body: text/csv in UTF-8, up to 100 MB. Answers what became of every row. It sets what the file says, so repeating it at once changes nothing; with an Idempotency-Key the same file is never taken twice.',
            consumes: ['text/csv'],
            response: { 200: ImportAnswer },
          },
          config: { problems: ['idempotency_key_in_use'] },
        },
        async (request) => {
          const file = request.body as Readable;
          const run = (content: Readable, progress?: ImportProgress) =>
            importRecords(csvRecords(content, MOST_IMPORT_BYTES), target, progress);
          const { method, url, routeOptions, headers } = request;
          const idempotency = idempotencyOf({ method, url, routeOptions, headers }, 'admin');
          const report =
            idempotency === undefined
              ? await run(file)
              : await underWay.follow(idempotency.key, (progress) =>
                  importOnce(store, idempotency, file, MOST_IMPORT_BYTES, (content) => run(content, progress)),
                );
          return { ...report, rejected: [...report.rejected] };
        },
      );
    });
  };
}
