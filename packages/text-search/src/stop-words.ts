import { fold } from './fold.js';
import type { LatinLanguage } from './languages.js';

// Function words only: they tell the language of a text, and say nothing about its subject.
const lists = {
  en: `a about after all also an and any are as at be because been but by can could did do does for from had has have he her his how i if in
    into is it its me my no not of on or our she should so some such than that the their them then there these they this those to was we were
    what when where which who will with would you your`,
  de: `aber alle als am an auch auf aus bei bin bis da damit dann das dass dem den der des die dies diese diesem diesen dieser dieses doch dort
    du durch ein eine einem einen einer eines er es für hat haben hier ich ihr ihre im in ist ja jede jeder kann kein keine können man mein mich
    mir mit muss nach nicht noch nur ob oder ohne sehr sein seine sich sie sind so soll über um und uns unser unter vom von vor war warum was
    weil welche wenn wer werden wie wir wird wo zu zum zur`,
  fr: `à alors au aucun aussi autre aux avec avoir c ce ces cet cette ceux chaque comme comment d dans de des donc dont du elle elles en encore
    entre est et être eu fait il ils j je l la le les leur leurs lui m mais me même mes moi mon n ne nos notre nous on ont ou où par pas peu
    plus pour pourquoi qu quand que quel quelle quels qui s sa sans se ses si son sont sous sur ta te tes toi ton tous tout toute toutes très tu
    un une vos votre vous y`,
  es: `a al algo ante como con contra cual cuando de del desde donde durante e el ella ellas ellos en entre era es esa ese eso esta está este esto
    estos fue ha hay la las le les lo los más me mi mis muy no nos nuestro o otro para pero por porque qué que quien se según ser si sí sin sobre
    son su sus también te tiene todo todos tu un una uno unos y ya yo`,
  it: `a ad agli ai al alla alle allo anche che chi ci come con cui da dagli dai dal dalla dalle degli dei del della delle dello di dove e è ed
    era essere fra gli ha hanno i il in io la le lei lo loro lui ma mi mio ne negli nei nel nella nelle noi non nostro o per perché più quale
    quando quella quello questa questo se si sia sono sua sue sugli sui sul sulla suo tra tutti tutto un una uno vi voi`,
  pt: `a ao aos as às até com como da das de depois do dos e é ela elas ele eles em entre era essa esse esta está este eu foi há isso isto já lhe
    mais mas me meu minha muito na não nas nem no nos nós nossa nosso num numa o onde os ou para pela pelo pelos por porque quando que quem se sem
    ser seu sua suas são só também te tem ter teu um uma você`,
  nl: `aan al als bij dan dat de der deze die dit doch doen door dus een en er ge geen geweest haar had heb hebben heeft hem het hier hij hoe hun
    ik in is je kan kunnen maar me meer men met mij mijn moet na naar niet nog nu of om omdat onder ons ook op over te toch toen tot u uit uw van
    veel voor want waren was wat we wel werd wie wij wordt worden zal ze zelf zich zij zijn zo zonder zou`,
} satisfies Record<LatinLanguage, string>;

const russian = `а без бы был была были было в вам вас весь во вот все всех вы где да для до его ее если есть еще же за здесь и из или им их к как ко
  когда которая которые который ли либо меня мне может мой мы на над надо наш не него нет ни но о об однако он она они оно от по под при с со так
  также такой там то того тоже той только том ты у уже хотя чего чей чем что чтобы эта эти это этот я`;

const arabic = `في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين ما ماذا هل كيف متى أين أن إن كان كانت يكون لا لم لن قد كل بعض أو ثم هو هي هم نحن أنا
  أنت بعد قبل بين حتى إذا كما لكن و`;

function toSet(list: string): ReadonlySet<string> {
  return new Set(
    list
      .split(/\s+/)
      .filter((word) => word !== '')
      .map(fold),
  );
}

/** Folded function words by Latin-script language. */
export const latinStopWords: Readonly<Record<LatinLanguage, ReadonlySet<string>>> = {
  en: toSet(lists.en),
  de: toSet(lists.de),
  fr: toSet(lists.fr),
  es: toSet(lists.es),
  it: toSet(lists.it),
  pt: toSet(lists.pt),
  nl: toSet(lists.nl),
};

/** Folded function words of every language: what a query may leave out. */
export const stopWords: ReadonlySet<string> = new Set([
  ...Object.values(latinStopWords).flatMap((words) => [...words]),
  ...toSet(russian),
  ...toSet(arabic),
]);
