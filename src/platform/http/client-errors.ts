import type { Socket } from 'node:net';

/** Answers what is not HTTP, or came too slowly, or has too long a head; then hangs up. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const body = JSON.stringify({
      type: '/problems/malformed_request',
      title: 'The request cannot be read',
      status: 400,
      detail: detailOf(error.code),
      code: 'malformed_request',
    });
    socket.write(
      `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroy();
}

function detailOf(code: string | undefined): string {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'The request did not arrive in time.';
  if (code === 'HPE_HEADER_OVERFLOW') return 'The head of the request is too long.';
  if (code === 'HPE_INVALID_URL')
    return 'The address holds raw characters; percent-encode it (curl -G --data-urlencode).';
  return 'This is not an HTTP request.';
}
