/** The rooms of `server/` that touch nothing of the world; the tests of each stand in the folder of `test/` named like it. */
export const pureRooms = ['calls', 'owed', 'tickets', 'next', 'calendar', 'indicators', 'disruptions', 'knowledge', 'training']
