// Preloaded by boot.mjs (`--import`): drizzle-orm as the CommonJS it also ships. As ES modules its four hundred files are each looked up
// in a package.json of 180 kB, half a second on the way back from a kill. Both builds know each other's objects.
import { registerHooks } from 'node:module'

const conditions = ['node', 'require']

registerHooks({
  resolve: (specifier, context, next) => next(specifier, specifier.startsWith('drizzle-orm') ? { ...context, conditions } : context),
})
