import { HttpException } from '@nestjs/common';
import { AppError, toAppError, type ErrorCode } from '@repo/errors';

/** What Fastify and Nest throw before our own code runs, in our words. */
const frameworkCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported_media_type',
  FST_ERR_CTP_EMPTY_TYPE: 'request.unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.invalid',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.malformed_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.malformed_json',
  FST_ERR_BAD_URL: 'request.invalid',
  FST_ERR_MAX_PARAM_LENGTH: 'request.route_not_found',
};
const statusCodes: Record<number, ErrorCode> = {
  400: 'request.invalid',
  404: 'request.route_not_found',
  405: 'request.method_not_allowed',
  413: 'request.body_too_large',
  414: 'request.route_not_found',
  415: 'request.unsupported_media_type',
};

/** Makes an AppError of whatever reached the edge. What nobody foresaw becomes `service.bug`. */
export function translateError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = knownCode(thrown);
  if (!code) return toAppError(thrown);
  return new AppError(code, { detail: thrown instanceof Error ? thrown.message : code, cause: thrown });
}

function knownCode(thrown: unknown): ErrorCode | undefined {
  if (thrown instanceof HttpException) return statusCodes[thrown.getStatus()];
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return undefined;
  const known = frameworkCodes[thrown.code];
  if (known || !thrown.code.startsWith('FST_ERR_')) return known;
  return 'statusCode' in thrown && typeof thrown.statusCode === 'number' ? statusCodes[thrown.statusCode] : undefined;
}
