import type { FastifyInstance } from 'fastify';
import { AnswerWithStatus } from './endpoint.js';

/** Lets a handler answer with another status than its route's, or until a time, by answering an `AnswerWithStatus`. */
export function applyAnswerStatus(server: FastifyInstance): void {
  server.addHook('preSerialization', (request, reply, payload, done) => {
    if (!(payload instanceof AnswerWithStatus)) return done(null, payload);
    void reply.code(payload.status);
    if (request.reservation && payload.expiresAt) request.reservation.expiresAt = payload.expiresAt;
    return done(null, payload.body);
  });
}
