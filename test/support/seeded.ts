export { seeded } from '../../server/indicators/chance.ts'
