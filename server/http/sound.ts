import { basename, dirname } from 'node:path'
import type { FastifyReply } from 'fastify'

/** Send a recorded sound, by parts when the player asks so; never kept by the browser, so that each listening is asked for. */
export const sendSound = (reply: FastifyReply, path: string): FastifyReply =>
  reply.header('cache-control', 'private, no-store').type('audio/wav').sendFile(basename(path), dirname(path), { cacheControl: false })
