import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { errorBody } from '../contract/http.ts'
import { translateFailure } from '../database/failures.ts'
import { ServiceError } from '../errors.ts'

/** The answers of a route, for its documentation and for what may leave: the good one, and errors of the one shape. */
export const answering = <Schema extends z.ZodType>(schema: Schema) => ({ 200: schema, '4xx': errorBody, '5xx': errorBody })
export const creating = <Schema extends z.ZodType>(schema: Schema) => ({ 201: schema, '4xx': errorBody, '5xx': errorBody })

/** Answer with a file to be kept. @param name without signs that a header has no room for */
export const sent = (
  reply: FastifyReply,
  { name, type, content }: { readonly name: string; readonly type: string; readonly content: Buffer },
) => reply.header('content-disposition', `attachment; filename="${name}"`).type(type).send(content)

function fieldsOf(error: FastifyError): string | undefined {
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined
  const names = error.validation.map((v) => v.instancePath.slice(1).replaceAll('/', '.') || error.validationContext || 'body')
  return [...new Set(names)].slice(0, 5).join(', ')
}

function asServiceError(error: FastifyError): ServiceError | null {
  const known = translateFailure(error)
  if (known instanceof ServiceError) return known
  const fields = fieldsOf(error)
  if (fields !== undefined) return new ServiceError('invalid_body', fields)
  if (error.statusCode === 413) return new ServiceError('too_large')
  if (error.statusCode === 404) return new ServiceError('not_found')
  return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 ? new ServiceError('invalid_body') : null
}

/** Every failure becomes `{code, message}` of the catalogue; ours are recorded, with the route but without its values. */
export function answerFailure(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const known = asServiceError(error)
  if (known === null) request.log.error({ err: error, route: request.routeOptions?.url, method: request.method }, 'request failed')
  const { code, message, status } = known ?? new ServiceError('internal')
  void reply.code(status).type('application/json; charset=utf-8').serializer(JSON.stringify).send({ code, message })
}

export function answerUnknown(_request: FastifyRequest, reply: FastifyReply): void {
  const { code, message, status } = new ServiceError('not_found')
  void reply.code(status).type('application/json; charset=utf-8').serializer(JSON.stringify).send({ code, message })
}

/** What is not even HTTP (a header without end, a broken request line) gets the same shape, written by hand. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const { code, message } = new ServiceError('invalid_body')
  const body = JSON.stringify({ code, message })
  const head = [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
