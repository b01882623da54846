import type { MailSettings } from '../../shared/settings.ts';

/** Microsoft's URLs for signing in applications, for the mail API and for the SMTP token. */
export interface MicrosoftCloud {
  readonly login: string;
  readonly graph: string;
  /** Scope of a token for SMTP. */
  readonly smtpScope: string;
}

/** Hosts by cloud; learn.microsoft.com/graph/deployments and …/entra/identity-platform/authentication-national-cloud. */
const CLOUDS: Readonly<Record<MailSettings['cloud'], MicrosoftCloud>> = {
  global: {
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    smtpScope: 'https://outlook.office365.com/.default',
  },
  usgov: {
    login: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    smtpScope: 'https://outlook.office365.us/.default',
  },
};

/** The cloud's URLs; `instead` (BYLAW_MICROSOFT_URL) replaces both sign-in and API. */
export function cloudOf(cloud: MailSettings['cloud'], instead: string | undefined): MicrosoftCloud {
  const own = CLOUDS[cloud];
  return instead === undefined ? own : { ...own, login: instead, graph: instead };
}
