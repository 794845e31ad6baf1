import type { entitiesFr } from './entities-fr.ts'

/** The texts of entities, in English. */
export const entitiesEn: typeof entitiesFr = {
  says: 'An entity is a part of the university (a faculty, a laboratory). Its tickets are seen and treated by the groups it is delegated to; these groups see nothing of the others. Without any, nothing changes anywhere.',
  tree: 'Entities',
  whole: 'The whole university',
  none: 'No entity: everybody belongs to the whole.',
  name: 'Name of the entity',
  nameOf: 'Name of “{{name}}”',
  unnamed: 'unnamed',
  add: 'Add an entity',
  addUnder: 'Add an entity under “{{name}}”',
  retire: 'Retire “{{name}}”',
  bringBack: 'Bring “{{name}}” back',
  retired: 'retired: its tickets stay',
  delegated: 'Delegated to…',
  delegatedOf: 'Groups that “{{name}}” is delegated to',
  people_one: '{{count}} person',
  people_other: '{{count}} people',
  rules: 'Who belongs there',
  rulesSays:
    'By the directory: the first rule that holds decides, whatever the accents and capitals. Everybody else belongs to the whole. A ticket follows its requester.',
  rulesNone: 'No rule.',
  attribute: 'Attribute, rule {{n}}',
  attributes: { unit: 'Department', affiliation: 'Status', place: 'Office', title: 'Position' },
  how: 'Comparison, rule {{n}}',
  hows: { is: 'is', begins: 'begins with' },
  value: 'Value, rule {{n}}',
  entity: 'Entity, rule {{n}}',
  addRule: 'Add a rule',
  up: 'Move rule {{n}} up',
  remove: 'Remove rule {{n}}',
  needed: 'A name or a value is missing.',
  label: 'Entity',
  move: 'Entity of ticket no. {{number}}',
  moved: 'Ticket no. {{number}}: {{name}}',
  within: 'within “{{name}}”',
  branch: 'Entities: {{name}}',
  branchSays_one:
    'This part of the university is delegated to your group ({{count}} person belongs to it directly). Name what lies in it, say who belongs there and whom it is delegated to. What is above stays the administrator’s.',
  branchSays_other:
    'This part of the university is delegated to your group ({{count}} people belong to it directly). Name what lies in it, say who belongs there and whom it is delegated to. What is above stays the administrator’s.',
  branchNone: 'Nothing below: add a department or a laboratory, for instance.',
  branchRules:
    'By the directory, among the people of “{{name}}” and of them alone: the first rule that holds decides. The others stay where they are.',
  branchFailed: 'This entity could not be read',
  mine: 'Your part of the university',
}
