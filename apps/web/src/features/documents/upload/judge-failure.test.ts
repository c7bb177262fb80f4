import { describe, expect, it } from 'vitest';
import { ApiError, unreachableError } from '@/api/api-error';
import { judgeUploadFailure } from './judge-failure';
import { shortenFilename } from './upload-transport';

const answered = (status: number, code: string, retryAfterSeconds?: number) =>
  judgeUploadFailure(new ApiError({ status, code, detail: 'As the API says.', requestId: 'r1', retryAfterSeconds }));

describe('judgeUploadFailure', () => {
  it('goes on by itself after a lost connection, keeping what the server has', () => {
    expect(judgeUploadFailure(unreachableError(new Error('x')))).toMatchObject({ anew: false, retryAfterMs: 1500, requestId: null });
  });

  it('waits as long as the server asks, but never longer than a minute', () => {
    expect(answered(429, 'request.rate_limited', 7).retryAfterMs).toBe(7000);
    expect(answered(429, 'request.rate_limited', 600).retryAfterMs).toBeNull();
  });

  it('tries again by itself while a dependency is down', () => {
    expect(answered(503, 'storage.unavailable')).toMatchObject({ anew: false, message: 'As the API says.', requestId: 'r1' });
  });

  it('names the request only where support can help with it', () => {
    expect(answered(403, 'upload.expired').requestId).toBeNull();
    expect(answered(500, 'service.bug').requestId).toBe('r1');
  });

  it('wants a new document once the server refused the old one', () => {
    expect(answered(403, 'upload.expired')).toMatchObject({ anew: true, retryAfterMs: null });
    expect(answered(404, 'document.not_found').message).toContain('deleted while its file was on the way');
    expect(answered(413, 'document.too_large')).toMatchObject({ anew: true, message: 'As the API says.' });
  });
});

describe('shortenFilename', () => {
  it('keeps the ending of a name that is too long, and mends broken Unicode', () => {
    expect(shortenFilename(`${'a'.repeat(300)}.pdf`)).toHaveLength(255);
    expect(shortenFilename(`${'a'.repeat(300)}.pdf`).endsWith('a.pdf')).toBe(true);
    expect(shortenFilename('a\ud800.txt')).toBe('a\ufffd.txt');
  });
});
