package lang

import (
	"maps"
	"strings"
)

// stopWords are what a language writes with a full stop that may end no
// sentence, by what such a stop means, and the words that sentences begin with.
// The spaces within an abbreviation are left out: т.е.
type stopWords struct {
	always, counted, trailing, dated, named, honoured string
	starters                                          string
}

var stopsOf = map[string]stopWords{
	"ru": {
		always: "св см ср напр проф акад доц тов гр ул пл пр-т просп пер бул бульв наб пос дер обл р-н оз ген полк кап адм инж чл-корр корр канд докт зам зав нач отв ред сост сокр т.е т.к т.н т.о т.ч и.о к.т.н к.ю.н к.э.н к.и.н д.т.н д.ю.н д.э.н д.и.н г-н г-жа гр-н чл гос о-в п-ов ж.-д ж-д" +
			" итал англ нем франц лат греч рус кит яп букв род буд макс ориг преим соотв мн напечат ок якобы т.наз",
		trailing: "час мин кг км см мм га кв.м куб.м др пр т.д т.п т.д. т.п. руб коп долл шт экз тыс млн млрд трлн чел проч",
		honoured: "им",
		dated:    "г гг в вв н.э до.н.э р.х с.г г.г",
		named:    "ст п пп подп гл разд стр с рис табл прил абз изд вып кв корп стр-е тел ч т кн № ст.ст чч тт сс д ф л лл оп ред илл § прим прот пост а б е ж з и й к м н о р у х ц ш щ э ю я с.ш в.д ю.ш з.д м.н.с с.н.с сек",
		starters: "в во на по с со к ко из за о об от до при для после перед через между над под без кроме благодаря согласно вместе и а но да или либо однако зато также тоже так как что чтобы если когда пока хотя это этот эта эти этого этой этом том та те тот то такой такая такое такие он она оно они его её ее их мы вы я ты мне нам им нас вас все всё всего каждый каждая каждое" +
			" кто где куда почему зачем поэтому потому затем потом тогда теперь сейчас ныне сегодня завтра вчера всегда никогда иногда обычно здесь там тут далее наконец итак впрочем кстати например во-первых во-вторых в-третьих одним один одна одни другие другой другая некоторые многие большинство никто ничто нет не ни лишь только даже уже ещё еще именно ведь вот пусть можно нужно надо необходимо следует который которые первым первый первая вторая второй стороны сторона настоящий настоящая настоящее настоящие государства-члены государства",
	},
	"en": {
		always:   "mr mrs ms dr prof messrs st mt ft rev hon gen col lt capt cpt maj sgt cmdr adm sen sens rep reps gov govs gens drs profs pres supt amb fr msgr e.g i.e eg ie cf viz vs v approx ca esp incl resp dept univ assn bros ",
		counted:  "no nos art arts fig figs sec secs p pp para paras vol vols ch chap chaps cl pt app ex eq ed tab ref reg regs res ver rm bldg jan feb mar apr jun jul aug sept sep oct nov dec op ser doc arr subpara",
		trailing: "etc et.al al ibid p.a",
		dated:    "a.m p.m a.d b.c b.c.e c.e",
		named:    "u.s u.n u.k e.u u.s.a u.s.s.r d.c inc ltd co corp jr sr esq ph.d m.d b.a m.a ll.m n.y plc llc bn mn min max avg est ext dist hr hrs",
		starters: "the a an in on at it its this that these those he she they we i you but and or nor so yet however moreover furthermore therefore thus hence also if when while where as for after before since until although though because unless there here his her their our your my such not no all some many most much each every both either neither another other others several few what who whose why how which by with from to of under over during between among about according despite within without once then now today soon later finally meanwhile instead nevertheless" +
			" nobody everyone everybody someone anyone nothing everything something is are was were do does did can could will would should may must let please see have has had one two three first second third only even still just more perhaps yes parties states members",
	},
	"de": {
		always:   "dr mr mrs prof hr fr frl nr z.b d.h u.a vgl bzw ggf evtl ca inkl exkl sog bspw zzgl st abs z.t i.d.r o.g u.u v.a s.o s.u jh art ziff lit mio mrd geb gest",
		counted:  "s bd kap abb tab aufl bl",
		trailing: "usw etc u.ä dgl u.v.m",
		dated:    "n.chr v.chr",
		named:    "jr sen inc ag",
		starters: "der die das den dem des ein eine einer einem einen in im am an auf aus bei mit nach von vom zu zum zur für über unter vor durch gegen ohne um und oder aber doch denn sondern wenn als wie weil da dass er sie es wir ihr ich du dies diese dieser dieses jede jeder jedes alle viele einige manche man hier dort dann nun so auch nur noch schon sein seine ihre unser was wer wo warum nicht kein keine jedoch außerdem deshalb daher",
	},
	"fr": {
		always:   "m mr mrs mm mme mmes mlle mlles dr pr prof st ste cf p.ex c.-à-d c.à.d env av bd sq éd vol",
		counted:  "art al no nos n° p pp fig chap t ch par",
		trailing: "etc",
		dated:    "apr.j.-c av.j.-c",
		named:    "inc",
		starters: "le la les l un une des du de d en dans à au aux sur sous par pour avec sans chez et ou mais or donc ni car il elle ils elles on nous vous je j tu ce c cet cette ces son sa ses leur leurs notre nos mon ma mes si quand comme lorsque puisque qui que quoi où pourquoi tout toute tous toutes chaque plusieurs ainsi alors après avant depuis cependant toutefois pourtant enfin puis ensuite aussi",
	},
	"es": {
		always:   "sr sra sres sras srta dr dra prof d dña ud uds vd vds p.ej gral av avda lic ing",
		counted:  "art arts núm núms no pág págs p pp fig cap vol inc t",
		trailing: "etc",
		dated:    "a.c d.c",
		named:    "ee.uu ee jr s.a cía",
		starters: "el la los las un una unos unas en de del al a por para con sin sobre entre desde hasta y e o pero sino aunque si cuando como porque que quien donde él ella ellos ellas nosotros yo tú usted ustedes este esta estos estas ese esa esto eso su sus nuestro nuestra no se lo le les todo todos toda todas cada muchos además así también luego después antes entonces sin",
	},
	"it": {
		always:   "sig sigg sig.ra dott dott.ssa prof prof.ssa avv ing on s p.es cfr ecc.mo v",
		counted:  "art artt n nn p pp pag fig cap vol co",
		trailing: "ecc",
		named:    "s.p.a s.r.l",
		starters: "il lo la i gli le l un uno una in nel nella di del della a al alla da dal per con su tra fra e o ma se quando come perché che chi dove egli essa essi io noi voi questo questa questi quello si non ogni tutti anche così poi dopo prima però tuttavia inoltre",
	},
	"pt": {
		always:   "sr sra srs dr dra prof profa p.ex v.exa av exmo",
		counted:  "art arts n nº núm p pp pág fig cap vol inc",
		trailing: "etc",
		named:    "ltda s.a",
		starters: "o a os as um uma em no na nos nas de do da por para com sem sobre entre e ou mas se quando como porque que quem onde ele ela nós eu você este esta isto esse essa isso seu sua não todos toda cada também assim depois antes então",
	},
	"nl": {
		always:   "dhr mevr mw dr drs ir ing mr prof bijv bv d.w.z o.a m.n i.v.m t.o.v resp ca incl excl jl st",
		counted:  "nr nrs art blz p fig hfst",
		trailing: "enz etc e.d",
		starters: "de het een in op van aan bij met naar voor over door om te en of maar want als toen hij zij ze wij we ik je u dit dat deze die er hier daar dan nu ook niet geen alle elk wie wat waar",
	},
	"pl": {
		always:   "dr prof mgr inż hab im św gen płk tzn tzw np m.in al ul pl os ks o",
		counted:  "art ust pkt nr poz str rys tab rozdz s",
		trailing: "itd itp",
		dated:    "r w",
		named:    "mln mld tys godz wyd",
		starters: "w we na po z ze do od dla o przy przez pod nad i a ale lub oraz jednak to ten ta te tych jest są nie on ona oni my ja ty jeśli gdy kiedy jak że co kto gdzie każdy wszystkie wszyscy także również",
	},
	"uk": {
		always:   "ім див пор напр проф акад тов вул пл просп обл р-н ген т.зв т.є тобто в.о",
		counted:  "ст п пп гл розд стор с рис табл дод абз ч т кв тел",
		trailing: "ін т.д т.п грн коп тис млн млрд",
		dated:    "р рр ст століття н.е",
		named:    "м о",
		starters: "у в на по з із зі до від для при після перед через між під без крім згідно і й та а але або однак також так як що щоб якщо коли це цей ця ці він вона вони ми ви я все всі кожен хто де тому потім тоді тепер сьогодні тут там не ні сторони держави",
	},
}

// mustBeCapital are words that are titles only with a capital letter.
var mustBeCapital = set("gen gens col rep reps sen sens gov govs hon rev fr pres gov capt maj")

// places are words that a number in the first words of a sentence belongs to:
// Article 5. Purposes.
var places = set("статья ст глава раздел часть пункт параграф приложение подпункт таблица рисунок том книга article art chapter section part annex appendix schedule title rule clause table figure fig paragraph para principle artikel kapitel abschnitt anhang teil tabelle chapitre partie annexe titre tableau capítulo artículo sección anexo parte cuadro articolo capo capitolo allegato artigo стаття розділ rozdział artykuł")

func (w *stopWords) table() map[string]shortening {
	out := map[string]shortening{}
	for _, x := range []struct {
		words string
		kind  shortening
	}{{w.honoured, honoured}, {w.named, named}, {w.dated, dated}, {w.trailing, trailing}, {w.counted, counted}, {w.always, always}} {
		for word := range strings.FieldsSeq(x.words) {
			out[word] = x.kind
		}
	}
	return out
}

// foreignShortenings and foreignStarters are those of all languages: words in
// another script than the text's are quoted.
var foreignShortenings, foreignStarters = func() (map[string]shortening, map[string]bool) {
	k, w := map[string]shortening{}, map[string]bool{}
	for _, base := range []string{"uk", "pl", "nl", "pt", "it", "es", "fr", "de", "en", "ru"} { // the last word is the commonest language's
		stops := stopsOf[base]
		maps.Copy(k, stops.table())
		maps.Copy(w, set(stops.starters))
	}
	return k, w
}()

// tables of the languages by base.
var tables = func() map[string]entry {
	out := map[string]entry{}
	for base, w := range stopsOf {
		out[base] = entry{shortenings: w.table(), starters: set(w.starters)}
	}
	return out
}()

// ordinals are written with a full stop in these languages.
var ordinals = set("de cs sk pl hu fi da nb nn no et lv sl hr bs sr tr is")
