/** The one catalogue of errors: what went wrong (code), the HTTP status, and a sentence a person can act on, in French and English. */
export const errorCatalogue = {
  invalid_body: {
    status: 400,
    fr: 'La requête est mal formée : corrigez le champ indiqué.',
    en: 'The request is malformed: correct the field named.',
  },
  bad_credentials: { status: 401, fr: 'Identifiant ou mot de passe incorrect.', en: 'Wrong login or password.' },
  not_signed_in: { status: 401, fr: 'Connectez-vous pour continuer.', en: 'Sign in to continue.' },
  forbidden: { status: 403, fr: 'Votre rôle ne permet pas cette action.', en: 'Your role does not allow this.' },
  cross_site: {
    status: 403,
    fr: 'La requête vient d’un autre site : ouvrez la console à son adresse.',
    en: 'The request comes from another site: open the console at its own address.',
  },
  not_found: { status: 404, fr: 'Cet élément n’existe pas ou n’existe plus.', en: 'This does not exist, or no longer.' },
  conflict: {
    status: 409,
    fr: 'L’état a changé entre-temps : actualisez et recommencez.',
    en: 'The state has changed meanwhile: refresh and try again.',
  },
  no_phone: {
    status: 409,
    fr: 'Aucun téléphone ne répond pour ce poste : branchez ou enregistrez le téléphone, puis reprenez.',
    en: 'No phone answers for this operator: connect or register the phone, then try again.',
  },
  too_large: { status: 413, fr: 'L’envoi est trop volumineux.', en: 'The upload is too large.' },
  too_many_attempts: { status: 429, fr: 'Trop de tentatives : patientez une minute.', en: 'Too many attempts: wait a minute.' },
  internal: {
    status: 500,
    fr: 'Une erreur de notre part est survenue ; elle est enregistrée. Réessayez.',
    en: 'Something failed on our side; it is recorded. Try again.',
  },
  database_away: {
    status: 503,
    fr: 'La base de données ne répond pas : rien n’est enregistré, gardez votre saisie et réessayez.',
    en: 'The database does not answer: nothing was saved, keep what you typed and try again.',
  },
  telephony_away: {
    status: 503,
    fr: 'Le serveur téléphonique ne répond pas : réessayez dans un instant.',
    en: 'The telephone server does not answer: try again in a moment.',
  },
} as const

export type ErrorCode = keyof typeof errorCatalogue
