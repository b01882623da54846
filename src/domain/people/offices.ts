/** Words that name an office, a body, a post or a company rather than a person, in the languages of clients' files. */

/** Words for bodies, departments and posts. Text made only of these, and of `BESIDE_OFFICE`, does not name a person. */
export const OFFICES: ReadonlySet<string> = new Set(
  `board boards office committee council commission department dept division team staff group hr it finance legal compliance
  operations management leadership directors director executives executive president chair chairs chairman chairwoman
  chairperson cochair treasurer secretary administrator administration admins admin helpdesk desk accounting membership
  communications governance security audit auditors risk privacy msp vendor provider headquarters hq ceo cfo cio ciso coo cto
  dpo trustees officers manager managers coordinator everyone support presidency
  external contractor contractors consultant consultants consulting outsourced freelancer freelance agency supplier
  extern externe externer berater beratung dienstleister externo externa consultor consultora proveedor prestataire
  fournisseur esterno esterna fornitore consulente
  vorstand geschäftsstelle geschaftsstelle geschäftsführung geschaftsfuhrung vorsitzender vorsitzende büro buro abteilung
  ausschuss verwaltung bureau conseil dadministration direction comité comite commission présidence presidence trésorier tresorier junta
  oficina directiva dirección direccion presidencia tesorero consejo departamento conselho diretoria consiglio direzione
  ufficio bestuur kantoor directie`.split(/\s+/),
);
/** Words that occur together with `OFFICES`; on their own they may be a person's name. */
export const BESIDE_OFFICE: ReadonlySet<string> = new Set(
  `the of and for our all at in to an senior vice deputy acting interim chief general associate assistant officer head lead
  owner human resources information technology tech services service systems data ai claude member members board's national
  state regional local international central main front back society association organization company corporate public
  resolution resolutions minutes motion vote meeting deliberation beschluss acuerdo resolucion direttivo di
  affairs relations review steering advisory working task force policy internal joint combined full whole entire both
  it's der die das des und für fur
  de la le les du el los del het des`.split(/\s+/),
);
/** Bodies at the end of a name of three words or more, which is then hardly a person's. */
export const BODIES: ReadonlySet<string> = new Set(
  'board committee council commission trustees directors department'.split(' '),
);
