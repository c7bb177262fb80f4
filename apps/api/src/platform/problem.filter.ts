import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RouteIndex } from './route-index.js';
import { sendProblem } from './problem.js';
import { translateError } from './translate-error.js';

/**
 * The one place where a thrown error becomes an answer. The error is kept on the request, and the line that is
 * written when the answer is out names it: logged once, with its status and duration.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly routes: RouteIndex) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const error = this.routes.refine(translateError(thrown), request, reply);
    request.failure = error;
    if (!reply.sent) void sendProblem(reply, error, request.id);
  }
}
