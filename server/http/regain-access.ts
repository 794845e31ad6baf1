import type { Stores } from '../database/stores.ts'
import { createInvitations } from './invitations.ts'
import { SetupError } from '../supervisor/setup-error.ts'

/**
 * Let somebody in again who lost password or second factor, by whoever holds the service's machine. An account that does not exist is
 * made where it is to administer.
 * @returns what to tell
 * @throws SetupError saying what to do instead
 */
export async function regainAccess(
  { accounts, secondFactors }: Pick<Stores, 'accounts' | 'secondFactors'>,
  publicUrl: string,
  written: string,
  administrator: boolean,
): Promise<string> {
  const login = written.trim().toLowerCase()
  const found = (await accounts.all()).find((one) => one.login === login)
  if (found === undefined && !administrator)
    throw new SetupError(
      `Personne n’a l’identifiant « ${login} ». Pour en faire un administrateur : npm run access -- ${login} --administrator`,
    )
  if (found?.source === 'directory') {
    if (administrator && found.role !== 'administrator')
      throw new SetupError(
        `« ${login} » est un compte de l’annuaire : ses groupes décident de son rôle. Choisissez un identifiant local : npm run access -- secours --administrator`,
      )
    await secondFactors.reset(found.id)
    await accounts.endSessions(found.id)
    if (found.disabled) await accounts.change(found.id, { ...found, phone: null, disabled: false })
    return `Le second facteur de ${found.name} est effacé : le mot de passe de l’annuaire suffit pour en mettre un autre, dans le délai réglé sous « Connexion ».`
  }
  const described = {
    name: found?.name ?? login,
    extension: found?.extension ?? null,
    phone: found?.phone === 'demo' ? null : (found?.phone ?? null),
  }
  const role = administrator ? 'administrator' : (found?.role ?? 'user')
  const id = found?.id ?? (await accounts.create({ login, role, ...described }))
  if (found !== undefined) await accounts.change(id, { role, ...described, disabled: false })
  await secondFactors.reset(id)
  await accounts.endSessions(id)
  const { url } = await createInvitations(accounts, { publicUrl }).forAccount(id)
  return `${described.name} choisit un nouveau mot de passe par ce lien, une seule fois, sous trois jours ; son second facteur est effacé :\n${url}`
}
