import { IconBuildingStore, IconPhone, IconUsers } from '@tabler/icons-react'
import type { RotaPost } from '../../server/contract/rota.ts'

/** Where somebody is expected, as a picture; its word stands beside it or in the name. */
export const postIcons = { both: IconUsers, phone: IconPhone, counter: IconBuildingStore } as const satisfies Record<RotaPost, unknown>
export const posts = Object.keys(postIcons) as readonly RotaPost[]
