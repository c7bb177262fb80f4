import { STATUS_CODES, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { problemContentType } from '@repo/contracts/problem';
import { AppError, type ErrorCode } from '@repo/errors';
import type { FastifyHttpOptions, FastifyInstance } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import './fastify-types.js';
import { limitArrival, type ArrivalLimits } from './limit-arrival.js';
import { sendProblem, toProblem } from './problem.js';
import { translateError } from './translate-error.js';

/** The largest JSON body, bytes, where a route names no other. */
const defaultBodyLimitBytes = 10 * 1024;

/**
 * Idle connections stay open longer than any proxy in front keeps them, so that the proxy closes first and never
 * sends a request into a connection that is just being closed here.
 */
const keepAliveTimeoutMs = 125_000;
/** The last bound on a request that comes byte by byte; the limits of arrival end nearly all of them long before. */
const requestTimeoutMs = 2 * 3_600_000;
const defaultHeadersTimeoutMs = 60_000;
const defaultArrival: ArrivalLimits = { bodyTimeoutMs: 120_000, idleTimeoutMs: 60_000 };

interface ServerOptions {
  /** CIDRs whose X-Forwarded-For counts. */
  trustedProxies: readonly string[];
  /** Set on every answer, errors included. */
  headers: Record<string, string>;
  arrival?: ArrivalLimits;
  /** The longest time that headers may take to arrive, ms. Default: one minute. */
  headersTimeoutMs?: number;
}

/** Creates the HTTP server, still without routes. */
export function createServer(given: ServerOptions): { adapter: FastifyAdapter; server: FastifyInstance } {
  const { trustedProxies, headers, arrival = defaultArrival, headersTimeoutMs = defaultHeadersTimeoutMs } = given;
  const options: FastifyHttpOptions<Server> = {
    bodyLimit: defaultBodyLimitBytes,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    genReqId: () => uuidv7(),
    requestIdHeader: false,
    keepAliveTimeout: keepAliveTimeoutMs,
    requestTimeout: requestTimeoutMs,
    http: { headersTimeout: headersTimeoutMs, connectionsCheckingInterval: Math.min(5_000, headersTimeoutMs) },
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      // Before any hook: the address could not even be read.
      void reply.headers({ ...headers, 'x-request-id': request.id });
      void sendProblem(reply, translateError(error), request.id);
    },
    clientErrorHandler: answerUnreadableRequest,
  };
  const adapter = new FastifyAdapter({ ...options, skipMiddie: true });
  const server = adapter.getInstance<FastifyInstance>();
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
  limitArrival(server, arrival);
  parseJsonStrictly(server);
  applyRouteLimits(server);
  return { adapter, server };
}

/** JSON only, and only valid UTF-8: a broken sequence is refused instead of being stored as U+FFFD. */
function parseJsonStrictly(server: FastifyInstance): void {
  const parseJson = server.getDefaultJsonParser('error', 'error');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length === 0) return done(null, undefined);
    let text: string;
    try {
      text = utf8.decode(body);
    } catch (cause) {
      return done(new AppError('request.malformed_json', { detail: 'not valid UTF-8', cause }));
    }
    // Nest would turn the parser's own error into a plain 400; ours says what was wrong.
    return parseJson(request, text, (cause, value) =>
      cause ? done(new AppError('request.malformed_json', { detail: cause.message, cause })) : done(null, value),
    );
  });
}

/** Lets a route of the contract take a larger body than the default. */
function applyRouteLimits(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    const bodyLimitBytes = route.config?.endpoint?.bodyLimitBytes;
    if (bodyLimitBytes !== undefined) route.bodyLimit = bodyLimitBytes;
  });
}

const clientErrorCodes: Record<string, ErrorCode> = {
  HPE_HEADER_OVERFLOW: 'request.headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request.timeout',
};

/** Bytes that are not HTTP at all never reach a hook: they are answered here, on the bare socket. */
function answerUnreadableRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = new AppError(clientErrorCodes[error.code ?? ''] ?? 'request.invalid');
  const body = JSON.stringify(toProblem(refusal, uuidv7()));
  const status = `${refusal.httpStatus} ${STATUS_CODES[refusal.httpStatus]}`;
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: ${problemContentType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
