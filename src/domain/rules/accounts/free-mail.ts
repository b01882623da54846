/**
 * Mail providers where anyone can open an address, so that no organization owns the domain. A short list of common
 * ones, compiled by hand on `asOf`; a missing one is still foreign unless the profile lists it.
 */
export const FREE_MAIL: { readonly asOf: string; readonly domains: ReadonlySet<string> } = {
  asOf: '2026-11-24',
  domains: new Set(
    (
      'gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com msn.com yahoo.com yahoo.co.uk ymail.com ' +
      'rocketmail.com aol.com icloud.com me.com mac.com proton.me protonmail.com pm.me gmx.com gmx.net gmx.de web.de ' +
      'mail.com zoho.com zohomail.com yandex.com fastmail.com hey.com tutanota.com tuta.com comcast.net verizon.net ' +
      'att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com btinternet.com sky.com orange.fr ' +
      'free.fr laposte.net t-online.de libero.it qq.com 163.com mail.ru'
    ).split(' '),
  ),
};
