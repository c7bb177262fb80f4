import { AppError } from '@repo/errors';
import { checkEnvelope } from './check-envelope.js';
import type { MailTransport, OutgoingMail } from './transport.js';

export interface ResendTransportOptions {
  apiKey: string;
  /** `Name <address>` or an address of a domain that the account has verified. */
  from: string;
  /** Default: https://api.resend.com */
  baseUrl?: string;
  /** Default: 15 000 */
  timeoutMs?: number;
}

/** Sends through Resend. The idempotency key goes along, so that a repeated job sends one mail. */
export function createResendTransport(options: ResendTransportOptions): MailTransport {
  const endpoint = `${(options.baseUrl ?? 'https://api.resend.com').replace(/\/+$/, '')}/emails`;
  const { apiKey, from, timeoutMs = 15_000 } = options;
  return {
    async send(mail) {
      checkEnvelope(mail);
      const response = await post(endpoint, { apiKey, body: toBody(mail, from), idempotencyKey: mail.idempotencyKey, timeoutMs });
      if (!response.ok) throw await toMailError(response);
      await response.body?.cancel();
    },
    close: () => Promise.resolve(),
  };
}

function toBody({ to, subject, html, text }: OutgoingMail, from: string): string {
  return JSON.stringify({ from, to: [to], subject, html, text });
}

async function post(
  endpoint: string,
  request: { apiKey: string; body: string; idempotencyKey: string; timeoutMs: number },
): Promise<Response> {
  try {
    return await fetch(endpoint, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${request.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': request.idempotencyKey,
      },
      body: request.body,
      signal: AbortSignal.timeout(request.timeoutMs),
    });
  } catch (thrown) {
    throw new AppError('email.unavailable', { detail: 'the request failed or took too long', cause: thrown });
  }
}

/** 400, 413 and 422 are about this mail; a wrong key, a limit or a fault of the provider is not, and may pass. */
async function toMailError(response: Response): Promise<AppError> {
  const detail = `status ${response.status}: ${(await response.text().catch(() => '')).slice(0, 200)}`;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retry = Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: Math.ceil(seconds) } : {};
  const final = response.status === 400 || response.status === 413 || response.status === 422;
  return new AppError(final ? 'email.rejected' : 'email.unavailable', { detail, ...retry });
}
