import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { createServer } from 'node:https';
import { afterEach, it } from 'node:test';
import { setDefaultCACertificates } from 'node:tls';
import { PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { closeAll, listening, proxyTo } from './raw-sockets-harness.ts';

afterEach(closeAll);

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** A certificate that vouches for itself, and for this host. */
async function certificateFor(name: string, host: string) {
  const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      ...{ name: `CN=${name}`, keys, signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' } },
      extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
    },
    webcrypto as Crypto,
  );
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { cert: certificate.toString('pem'), key };
}

it('an upstream under TLS is believed when its certificate is, and for the name of the origin only', async () => {
  const good = await certificateFor('good', 'localhost');
  const misnamed = await certificateFor('misnamed', 'shop');
  const unknown = await certificateFor('unknown', 'localhost');
  setDefaultCACertificates([good.cert, misnamed.cert]);
  for (const [credentials, told] of [
    [good, 'body of 21 bytes: POST'],
    [misnamed, 'not-sent'],
    [unknown, 'not-sent'],
  ] as const) {
    const server = createServer(credentials, async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      response.end(`body of ${body.length} bytes: ${request.method}`);
    });
    const origin = `https://localhost:${await listening(server)}`;
    const { send } = await proxyTo(origin, { connectTimeoutMs: 30_000 });
    for (let i = 0; i < 2; i++) {
      const client = await send(`POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 21\r\n\r\n${'b'.repeat(21)}`);
      await client.until(told);
    }
  }
});
