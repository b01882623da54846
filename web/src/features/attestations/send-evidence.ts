import { ORPCError } from '@orpc/client';
import { fileAddress, noteSignedOut } from '../../api.ts';

/** A file that is kept as evidence. Name and size are unknown where it is no longer there. */
export interface KeptFile {
  readonly sha256: string;
  readonly name: string | null;
  readonly bytes: number | null;
}

/** Sends a file to the evidence of a client. XMLHttpRequest, since it tells how much was sent. */
export function sendEvidence(
  slug: string,
  file: File,
  { onSent, signal }: { readonly onSent: (bytes: number) => void; readonly signal: AbortSignal },
): Promise<KeptFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ name: file.name });
    request.open('PUT', `${fileAddress(`/clients/${encodeURIComponent(slug)}/evidence`)}?${query}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => {
      if (request.status === 401) noteSignedOut();
      const body = answerOf(request.responseText);
      if (request.status < 300 && typeof body.sha256 === 'string')
        resolve({
          sha256: body.sha256,
          name: typeof body.name === 'string' ? body.name : file.name,
          bytes: typeof body.bytes === 'number' ? body.bytes : file.size,
        });
      else
        reject(
          new ORPCError(typeof body.code === 'string' ? body.code : 'UNAVAILABLE', {
            status: request.status < 400 ? 503 : request.status,
            message:
              typeof body.message === 'string'
                ? body.message
                : `The server answered with ${request.status}. Nothing of the file was kept.`,
          }),
        );
    };
    request.onerror = () => reject(new Error('The connection was cut. Nothing of the file was kept.'));
    request.onabort = () => reject(new Error('It was taken out before it was stored.'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function answerOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return { ...body };
  } catch {
    // Whatever stands between here and the server answered; its words are of no use.
  }
  return {};
}
