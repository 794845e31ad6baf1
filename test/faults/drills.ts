import type { Drill } from './drill.ts'
import { asteriskDrills } from './drills/asterisk.ts'
import { databaseDrills } from './drills/database.ts'
import { neighbourDrills } from './drills/neighbours.ts'
import { pathDrills } from './drills/path.ts'
import { serviceDrills } from './drills/service.ts'

export const drills: readonly Drill[] = [...serviceDrills, ...asteriskDrills, ...pathDrills, ...databaseDrills, ...neighbourDrills]
