'use client';

import { readFailure } from '@/api/read-failure';

/** The last resort, when even the frame failed: plain words without styles, because nothing else may be there. */
export default function GlobalError({ error }: { error: Error }) {
  const { requestId } = readFailure(error);
  return (
    <html lang="en">
      <body>
        <main>
          <h1>This page could not be shown</h1>
          <p>Something went wrong on our side. Your documents are safe; nothing was changed. Reload the page in a moment.</p>
          {requestId === '' ? null : (
            <p>
              Request <code>{requestId}</code>
            </p>
          )}
          <p>
            <button type="button" onClick={() => window.location.reload()}>
              Reload
            </button>
          </p>
        </main>
      </body>
    </html>
  );
}
