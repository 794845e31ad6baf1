/** The one catalogue of errors: what went wrong (code), the HTTP status, and a sentence a person can act on, in French and English. */
export const errorCatalogue = {
  invalid_body: {
    status: 400,
    fr: 'La requête est mal formée : corrigez le champ indiqué.',
    en: 'The request is malformed: correct the field named.',
  },
  bad_credentials: { status: 401, fr: 'Identifiant ou mot de passe incorrect.', en: 'Wrong login or password.' },
  shortcut_taken: {
    status: 409,
    fr: 'Une même touche ne peut pas servir à deux choses : choisissez-en une autre.',
    en: 'One key cannot do two things: choose another.',
  },
  wrong_code: {
    status: 401,
    fr: 'Ce code n’est pas le bon, ou il a déjà servi : attendez le suivant et recommencez.',
    en: 'This is not the right code, or it has served already: wait for the next one and try again.',
  },
  passkey_refused: {
    status: 401,
    fr: 'Cette clé d’accès n’est pas reconnue ici : essayez-en une autre, ou un code.',
    en: 'This passkey is not known here: try another one, or a code.',
  },
  provider_away: {
    status: 503,
    fr: 'Le service d’identité de l’université ne répond pas : connectez-vous par identifiant et mot de passe, ou réessayez dans un instant.',
    en: 'The university’s identity service does not answer: sign in by login and password, or try again in a moment.',
  },
  provider_refused: {
    status: 401,
    fr: 'Le service d’identité n’a pas confirmé cette connexion : recommencez depuis cette page.',
    en: 'The identity service did not confirm this sign-in: begin again from this page.',
  },
  login_here: {
    status: 409,
    fr: 'Cet identifiant est celui d’un compte local : connectez-vous par son mot de passe.',
    en: 'This login is a local account’s: sign in by its password.',
  },
  account_closed: {
    status: 403,
    fr: 'Votre compte est désactivé ici : voyez avec qui administre le guichet.',
    en: 'Your account is disabled here: ask whoever administers the desk.',
  },
  bad_key: {
    status: 401,
    fr: 'Cette clé d’API est inconnue, expirée ou révoquée : demandez-en une à qui administre le guichet.',
    en: 'This API key is unknown, expired or revoked: ask whoever administers the desk for one.',
  },
  key_scope: {
    status: 403,
    fr: 'Cette clé d’API n’ouvre pas cette route : faites-en une autre sous « Réglages », « Clés d’API ».',
    en: 'This API key does not open this route: make another one under “Settings”, “API keys”.',
  },
  too_many_requests: {
    status: 429,
    fr: 'Trop de requêtes avec cette clé d’API : 120 par minute au plus, attendez la suivante.',
    en: 'Too many requests by this API key: 120 a minute at most, wait for the next one.',
  },
  step_over: {
    status: 409,
    fr: 'Cette connexion a trop attendu, ou elle a déjà abouti : recommencez par votre mot de passe.',
    en: 'This sign-in has waited too long, or has ended already: begin again with your password.',
  },
  second_factor_required: {
    status: 409,
    fr: 'Votre rôle demande un second facteur : ajoutez-en un autre avant de retirer celui-ci.',
    en: 'Your role asks for a second factor: add another one before you remove this one.',
  },
  second_factor_overdue: {
    status: 403,
    fr: 'Votre second facteur a été retiré et le délai pour en remettre un est passé : demandez à un administrateur de le rouvrir (« Comptes »).',
    en: 'Your second factor was taken away and the time to set up another is over: ask an administrator to open it again (“Accounts”).',
  },
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
  absence_of_calendar: {
    status: 409,
    fr: 'Cette absence vient de l’agenda partagé : retirez-la dans cet agenda, elle disparaîtra d’ici.',
    en: 'This absence comes from the shared calendar: take it out there, and it will go from here.',
  },
  no_phone: {
    status: 409,
    fr: 'Aucun téléphone ne répond pour ce poste : branchez ou enregistrez le téléphone, puis reprenez.',
    en: 'No phone answers for this operator: connect or register the phone, then try again.',
  },
  too_large: { status: 413, fr: 'L’envoi est trop volumineux.', en: 'The upload is too large.' },
  bad_form: {
    status: 400,
    fr: 'Le formulaire est arrivé incomplet : revenez en arrière et envoyez-le de nouveau.',
    en: 'The form arrived incomplete: go back and send it again.',
  },
  file_empty: {
    status: 422,
    fr: 'Ce fichier est vide : choisissez-en un autre.',
    en: 'This file is empty: choose another one.',
  },
  file_refused: {
    status: 422,
    fr: 'Ce genre de fichier n’est pas accepté ici : envoyez une image, un document ou une archive.',
    en: 'This kind of file is not accepted here: send a picture, a document or an archive.',
  },
  not_a_picture: {
    status: 422,
    fr: 'Ce fichier porte le nom d’une image et n’en est pas une : enregistrez-la de nouveau, ou envoyez-la en PDF.',
    en: 'This file is named as a picture and is not one: save it again, or send it as a PDF.',
  },
  file_infected: {
    status: 422,
    fr: 'L’antivirus refuse ce fichier : ne l’ouvrez pas, et signalez-le au guichet.',
    en: 'The antivirus refuses this file: do not open it, and tell the desk.',
  },
  too_many_files: {
    status: 422,
    fr: 'Trop de fichiers à la fois : envoyez le reste dans un second message, ou une archive.',
    en: 'Too many files at once: send the others in a second message, or an archive.',
  },
  antivirus_away: {
    status: 503,
    fr: 'L’antivirus ne répond pas, les fichiers ne peuvent pas être acceptés : envoyez votre message sans eux, ou réessayez.',
    en: 'The antivirus does not answer, files cannot be accepted: send your message without them, or try again.',
  },
  sound_unreadable: {
    status: 422,
    fr: 'Ce fichier n’est pas un son que l’on sait lire : envoyez un fichier WAV, MP3, OGG ou FLAC.',
    en: 'This file is not a sound that can be read here: send a WAV, MP3, OGG or FLAC file.',
  },
  sound_empty: {
    status: 422,
    fr: 'On n’entend rien dans cet enregistrement : vérifiez le micro ou le fichier, puis recommencez.',
    en: 'Nothing can be heard in this recording: check the microphone or the file, then try again.',
  },
  sound_too_long: {
    status: 422,
    fr: 'Cet enregistrement dépasse deux minutes : raccourcissez-le, personne n’écoute si longtemps.',
    en: 'This recording is longer than two minutes: shorten it, nobody listens for so long.',
  },
  unknown_placeholder: {
    status: 422,
    fr: 'Ce mot entre accolades ne correspond à rien : utilisez {nom}, {horaires} ou {limite}.',
    en: 'This word between braces stands for nothing: use {name}, {hours} or {limit}.',
  },
  mail_word_unknown: {
    status: 422,
    fr: 'Ce mot entre accolades ne dit rien dans ce courriel : retirez-le, ou prenez-en un de la liste.',
    en: 'This word between braces means nothing in this mail: remove it, or take one from the list.',
  },
  mail_word_missing: {
    status: 422,
    fr: 'Sans ce mot entre accolades, ce courriel ne dirait pas l’essentiel : remettez-le dans le texte.',
    en: 'Without this word between braces the mail would not say what matters: put it back into the text.',
  },
  no_address: {
    status: 422,
    fr: 'L’annuaire ne connaît aucune adresse de cette personne : vérifiez son identité autrement.',
    en: 'The directory knows no address of this person: check who they are by other means.',
  },
  too_many_codes: {
    status: 429,
    fr: 'Trop de codes envoyés à cette personne dans l’heure : vérifiez son identité autrement, ou patientez.',
    en: 'Too many codes sent to this person this hour: check who they are by other means, or wait.',
  },
  too_many_attempts: { status: 429, fr: 'Trop de tentatives : patientez une minute.', en: 'Too many attempts: wait a minute.' },
  internal: {
    status: 500,
    fr: 'Une erreur de notre part est survenue ; elle est enregistrée. Réessayez.',
    en: 'Something failed on our side; it is recorded. Try again.',
  },
  voice_away: {
    status: 503,
    fr: 'La voix de synthèse ou la conversion des sons n’est pas installée ici : installez « espeak-ng » et « sox ».',
    en: 'The synthetic voice or the conversion of sounds is not installed here: install “espeak-ng” and “sox”.',
  },
  database_away: {
    status: 503,
    fr: 'La base de données ne répond pas : rien n’est enregistré, gardez votre saisie et réessayez.',
    en: 'The database does not answer: nothing was saved, keep what you typed and try again.',
  },
  database_full: {
    status: 507,
    fr: 'La base de données n’a plus de place : rien n’est enregistré, votre saisie est gardée ; prévenez l’administrateur.',
    en: 'The database has no room left: nothing was saved, what you typed is kept; tell the administrator.',
  },
  standing_by: {
    status: 503,
    fr: 'Ce serveur est en attente, un autre conduit les appels : utilisez l’adresse habituelle.',
    en: 'This server is standing by, another one handles the calls: use the usual address.',
  },
  directory_away: {
    status: 503,
    fr: 'L’annuaire ne répond pas, il ne peut pas vérifier votre mot de passe : réessayez dans un instant.',
    en: 'The directory does not answer and cannot check your password: try again in a moment.',
  },
  number_not_allowed: {
    status: 403,
    fr: 'Ce numéro ne peut pas être appelé depuis le guichet : voyez les préfixes autorisés dans les réglages.',
    en: 'This number may not be called from the desk: see the prefixes allowed in the settings.',
  },
  too_many_calls_out: {
    status: 429,
    fr: 'Trop d’appels sortants dans l’heure : patientez, ou demandez à votre superviseur.',
    en: 'Too many outgoing calls this hour: wait, or ask your supervisor.',
  },
  telephony_away: {
    status: 503,
    fr: 'Le serveur téléphonique ne répond pas : réessayez dans un instant.',
    en: 'The telephone server does not answer: try again in a moment.',
  },
} as const

export type ErrorCode = keyof typeof errorCatalogue
