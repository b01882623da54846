import type { Language } from './language.ts';

/** French: headings and values of exports, by the English heading or value that they stand for. */
export const fr: Language = {
  id: 'fr',
  name: 'French',
  headings: {
    email:
      'adresse de messagerie, adresse e mail, adresse mail, adresse email, courriel, adresse courriel, adresse électronique, courrier électronique, e mail professionnel, email professionnel, courriel professionnel, adresse e mail professionnelle',
    name: 'nom, nom complet, nom et prénom, prénom et nom, nom du salarié, salarié, employé, nom de l employé, collaborateur, nom affiché',
    'first name': 'prénom',
    'last name': 'nom de famille, nom d usage',
    'former name': 'nom de naissance, nom de jeune fille, ancien nom',
    'employee id': 'matricule, numéro d employé, numéro de salarié, n employé, identifiant salarié',
    'employment status': 'statut d emploi, statut du salarié, situation, statut de l employé',
    'hire date':
      'date d embauche, date d entrée, date d arrivée, embauche, entrée, premier jour, date d entrée en fonction',
    'last working day':
      'dernier jour travaillé, dernier jour, dernier jour de travail, date de départ, date de sortie, sortie, départ, fin de contrat, date de fin de contrat, date de fin d emploi',
    'employment type': 'type de contrat, type d emploi, nature du contrat, contrat, type de salarié',
    department: 'service, département, direction, équipe, unité',
    'job title': 'poste, fonction, intitulé du poste, titre, titre du poste, emploi',
    role: 'rôle, rôle d organisation',
    'seat tier': 'licence, type de licence, siège, type de siège, niveau de siège, place, type de place',
    status: 'statut, état',
    added: 'ajouté, ajouté le, date d ajout, membre depuis, date d adhésion',
    'last active':
      'dernière activité, dernière connexion, actif pour la dernière fois, vu pour la dernière fois, dernière utilisation',
    plan: 'forfait, formule, abonnement, offre',
    'in workspace':
      'dans l espace de travail, dans notre espace de travail, dans votre espace de travail, dans votre organisation, membre de l organisation, dans l organisation, dans notre organisation',
    organization: 'espace de travail, nom de l organisation, organisme, entreprise',
    created:
      'compte créé le, créée le, compte créé, date de création du compte, créé le, date de création, créé, inscrit le',
    acknowledged:
      'accepté, lu, a accepté, lu et accepté, lu et compris, signé, accusé de réception, prise de connaissance, lu et approuvé',
    'acknowledged on':
      'accepté le, signé le, date de signature, date d acceptation, lu le, date de prise de connaissance, date d accusé de réception',
    'policy version':
      'version de la politique, version de la charte, politique, charte, version du document, version du règlement, version de la note',
    'joined by': 'rejoint par, ajouté par le biais de, mode d ajout, mode d invitation',
    'start time': 'heure de début',
    'completion time': 'heure de fin, heure de la fin',
    'start date': 'date de début, date initiale, début',
    'end date': 'date de fin, date finale, fin',
    'event info': 'détails, détails de l événement',
    'entity info': 'cible, objet concerné',
    'ip address': 'adresse ip',
    date: 'jour',
    time: 'heure, horodatage',
    event: 'événement, évènement, type d événement',
    actor: 'acteur, auteur',
    user: 'utilisateur',
    connector: 'connecteur, intégration',
    action: 'outil',
    permission: 'autorisation, droit',
    enabled: 'activé',
    messages: 'nombre de messages',
    requests:
      'nombre total de requêtes, requêtes totales, total des requêtes, requêtes, demandes, nombre de requêtes',
    'prompt tokens': 'jetons d entrée, tokens d entrée',
    'completion tokens': 'jetons de sortie, tokens de sortie',
    'net spend usd':
      'dépenses, dépense, montant, coût, coût usd, montant usd, dépense nette, dépenses nettes, coût net, dépenses nettes usd',
    model: 'modèle',
    product: 'produit',
    'period start': 'du, début de période',
    'period end': 'au, fin de période',
    'user principal name': 'nom d utilisateur principal',
    'account enabled': 'compte activé, compte actif',
    'user type': 'type d utilisateur',
    'object id': 'id d objet',
    manager: 'responsable, supérieur, supérieur hiérarchique',
    location: 'lieu, site',
    timestamp: 'horodateur',
  },
  values: {
    active: 'actif, active, en poste, présent, présente, en activité, en fonction',
    terminated:
      "parti, partie, sorti, sortie, inactif, inactive, démissionnaire, licencié, licenciée, retraité, retraitée, à la retraite, retraite, démission, licenciement, congédié, congédiée, décédé, décédée, ancien salarié, ancien employé, quitté, fin d’emploi, fin d'emploi, emploi terminé",
    'on leave':
      'en congé, congé maternité, congé parental, congé sabbatique, arrêt maladie, en arrêt, congé maladie, congé paternité, en congé parental, congé de maternité, en congé de maternité, congé de paternité, congé sans solde, congé sans traitement, congé de maladie, invalidité',
    'not yet started': 'futur, à venir, pas encore arrivé, embauche à venir',
    yes: 'oui, o, vrai',
    no: 'non, faux',
    'primary owner': 'propriétaire principal, propriétaire principale',
    owner: 'propriétaire',
    admin: 'administrateur, administratrice',
    custom: 'personnalisé, personnalisée, rôle personnalisé',
    user: 'utilisateur, utilisatrice, membre',
    invited: 'invité, invitée, en attente, invitation envoyée',
    suspended: 'suspendu, suspendue, désactivé, désactivée, bloqué',
    employee:
      'salarié, salariée, employé, employée, cdi, cdd, temps plein, temps partiel, stagiaire, apprenti, apprentie, alternant',
    contractor:
      'contractuel, contractuelle, prestataire, indépendant, intérimaire, consultant, externe, sous traitant',
    volunteer: 'bénévole, administrateur bénévole',
    'shared mailbox': 'boîte partagée, boîte aux lettres partagée, boîte commune',
    'service account': 'compte de service, compte technique',
    accepted:
      'accepté, acceptée, signé, signée, lu, lu et approuvé, j accepte, terminé, lu et compris, oui j accepte, oui j ai lu et j accepte, j ai lu et j accepte',
    'not signed':
      'non signé, non accepté, pas encore, refusé, en attente de signature, je n accepte pas, non je n accepte pas',
    'always allow': 'toujours autoriser, toujours autorisé, autorisé, autoriser',
    'needs approval':
      'approbation requise, demander, demander l’approbation, demander une approbation, demander l’autorisation, approbation nécessaire, nécessite l’approbation, toujours demander, avec approbation, nécessite une approbation',
    blocked: 'interdit, bloquer, bloqué',
    free: 'gratuit, gratuite',
    'no seat': 'aucun siège, aucune licence, sans licence, non attribué',
  },
};
