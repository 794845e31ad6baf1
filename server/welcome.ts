import type { Config } from './config.ts'
import type { Role } from './contract/entities.ts'
import { demoAccounts, demoPassword } from './database/demo-people.ts'

const roles: Readonly<Record<Role, string>> = {
  user: 'usager',
  operator: 'opérateur',
  level2: 'niveau 2',
  referent: 'référent',
  supervisor: 'superviseur',
  administrator: 'administrateur',
}

/** What is printed once the service runs: where it is, and with whom the demo can be tried. */
export function welcome({
  config,
  deskName,
  deskLine,
  caller,
  firstLink,
}: {
  readonly config: Config
  readonly deskName: string
  readonly deskLine: string
  readonly caller: { readonly user: string; readonly password: string } | null
  /** Where the first administrator chooses a password; null when there is one. */
  readonly firstLink: string | null
}): string {
  const lines = [
    '',
    `${deskName} est en service.`,
    '',
    `  Console          ${config.publicUrl}/console`,
    `  Page publique    ${config.publicUrl}/`,
    `  Ligne du guichet ${deskLine}`,
  ]
  if (caller !== null) lines.push(`  Compte SIP de l’appelant de démonstration : ${caller.user} / ${caller.password}`)
  if (firstLink !== null)
    lines.push(
      '',
      '  Personne n’administre encore ce service. Premier administrateur, une seule fois, avant trois jours :',
      `  ${firstLink}`,
    )
  if (config.demo) {
    lines.push(
      '',
      `  Démonstration    ${config.publicUrl}/demo (placer un appel sans téléphone)`,
      `  Comptes, mot de passe « ${demoPassword} » :`,
    )
    for (const { login, name, role, extension } of demoAccounts)
      lines.push(`    ${login.padEnd(13)} ${name.padEnd(18)} ${roles[role]}${extension === null ? '' : `, poste ${extension}`}`)
  }
  lines.push('', '  Ctrl-C arrête tout ce qui a été démarré.', '')
  return lines.join('\n')
}
