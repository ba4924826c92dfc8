package record

import (
	"strings"

	"fener/locale"
)

// The words that the care rules know, in Albanian, Serbian and English, in one
// place. They are folded when they are read, so one spelling covers both scripts
// of Serbian and texts without marks. A word that ends in * is the beginning of
// words; others stand for themselves.

// attributeWords say that persons are told apart by an attribute. A girl is told
// apart by two.
var attributeWords = [attributes]careWords{
	bySex: careList(`female* male males woman women man men girl* boy boys
		femër femra femrave mashkull* meshkuj* grua gruan gratë gra grave burrë* burra* vajz* djalë djali djalin djalit djem djemtë djemve
		žen* muškar* devojčic* devojk* devojaka dečak* djevojčic* djevojk* dječak* mušk*`),
	byAge: careList(`child children minor minors juvenile* adult adults teen* teenager* girl girls boy boys infant* baby babies aged underage under-age year-old years-old
		fëmij* mitur* madhor* vajzë* vajza* djalë djali djalit djem* vjeç* moshë* moshën moshës foshnj*
		dete deteta deca dece decu dečak* djec* dijete devojčic* djevojčic* maloletn* maloljetn* punoletn* punoljetn* mlađ* godišnj*`),
	byOrigin: careList(`roma ashkali egyptian* foreign* nationals national citizens citizen nationality serb serbs serbian* albanian* moldovan* moldova ukrainian* ukraine bulgarian* romanian* turkish
		rom romë romët romi romkinj* rome ashkalinj* egjiptian* huaj huaja vendas* vendore shtetas* shtetase* shtetësi* serb serbe shqiptar* moldav* ukrain* rumun* bullgar*
		romkinja aškalij* egipćan* stranih stranac stranca stranci stranaca strankinj* domać* državljan* albanac albank* albanc* srb* moldavij* moldavsk*`),
	byForm: careList(`sexual* prostitution labour labor begging beggar* servitude slavery pornograph*
		seksual* prostitu* punës punë lyp* lëmosh* skllav* robëri* shërbtyr*
		seksualn* prosja* prosjač* prostituc* ropstv* prinudn* radne`),
}

// valueWords are the values of an attribute that figures of all languages share.
var valueWords = [attributes]map[string]careWords{
	bySex: {
		"female": careList("female* woman women girl* femër femra femrave grua gratë gra vajz* žen* devojčic* devojk* djevojčic* djevojk*"),
		"male":   careList("male males man men boy boys mashkull* meshkuj* burrë* burra* djalë djali djem djemtë djemve muškar* dečak* dječak* mušk*"),
	},
	byAge: {
		"child": careList("child children minor minors juvenile* girl* boy boys underage under-age fëmij* mitur* vajz* djalë djem djemtë djemve dete deteta deca dece decu djec* maloletn* maloljetn* dečak* devojčic*"),
		"adult": careList("adult adults woman women man men madhor* punoletn* punoljetn* grua gratë gra burra* žen* muškar*"),
	},
}

// An attribute is one by which victims are told apart.
type attribute int

const (
	bySex attribute = iota
	byAge
	byOrigin
	byForm
	attributes // how many there are
)

// kinWords name a relative.
var kinWords = careList(`son sons daughter* mother father brother* sister* cousin* wife husband uncle* aunt* niece* nephew* grandmother grandfather grandson* granddaughter* stepfather stepmother
	stepdaughter* stepson* fiancé* fiancée* girlfriend boyfriend parents
	djali djalin djalit biri birin birit vajza vajzën vajzës bija bijën bijës nëna nënën nënës nëna babai babain babait ati vëllai vëllain vëllait vëllezërit motra motrën motrës
	kushëriri kushëririn kushërira kushërirën bashkëshorti bashkëshortin bashkëshortja bashkëshorten burri burrin gruaja gruan xhaxhai daja tezja halla nipi mbesa njerku njerka prindërit
	sin sina sinom sinovi ćerka ćerke ćerku ćerkom kći kćerka kćerku kćer majka majke majku majkom otac oca ocem brat brata bratom sestra sestre sestru sestrom rođak rođaka rođakom rođaka
	supruga suprugu suprug supruge suprugom muž muža žena ženu ujak stric tetka teča nećak nećaka nećaka bratanac sestrić unuk unuka očuh očuha maćeha verenica verenik devojka dečko roditelji`)

// belongingWords say whose relative somebody is.
var belongingWords = careList(`his her their my
	tij saj tyre
	njegov njegova njegove njegovog njegovu njegovim njegovom njegovoj njen njena njene njenog njenu njenim njenom njenoj njezin njezina njihov njihova njihovog njihovu svoj svoja svoju svog svojom`)

// roleWords name a position or an occupation that few people in a place have.
var roleWords = careList(`official officer mayor minister director headmaster teacher doctor judge prosecutor priest imam policeman policewoman inspector commander owner manager
	councillor ambassador diplomat businessman businesswoman lawyer nurse singer journalist mp
	zyrtar zyrtari zyrtarin zyrtarit zyrtare kryetar kryetari kryetarin kryetarit kryetare ministri ministrin ministrit drejtor drejtori drejtorin drejtorit drejtoresha mësues mësuesi mësuesin mësuesja
	mjek mjeku mjekun prift imam imami hoxha polic polici policin policit polic inspektori komandanti pronar pronari pronarin pronarit pronarja pronare menaxher menaxheri këshilltar këshilltari ambasadori
	afarist afaristi biznesmen biznesmeni avokat avokati infermierja këngëtare këngëtarja deputet deputeti gazetar gazetari
	funkcioner funkcionera funkcionerom zvaničnik zvaničnika službenik službenika predsednik predsednika predsjednik gradonačelnik gradonačelnika ministar ministra direktor direktora direktorka učitelj učitelja
	učiteljica nastavnik nastavnica lekar lekara doktor sveštenik hodža policajac policajca inspektor inspektora komandir komandant vlasnik vlasnika vlasnica vlasnicom menadžer savetnik odbornik ambasador
	biznismen advokat pevačica poslanik poslanika novinar`)

// singlingWords make few persons, or one, out of a role: a high official, a former judge.
var singlingWords = careList(`senior high-ranking top-ranking top former deputy
	lartë ish
	visoki visokog visokim visoka visoke visokom viši nekadašnji bivši bivšeg bivša`)

// placeNouns are what a role is tied to: a house, an office, a place.
var placeNouns = careList(`hotel hotels motel* bar restaurant* café* cafe* nightclub night-club club school* village* municipality ministry hospital mosque church station company firm hostel salon police directorate
	hotelit hotelin motelit motelin motel barit kafeneri* kafene* restorantit restorant* lokalit lokal shkollës shkollë fshatit fshati komunës komuna komunë ministrisë ministria spitalit xhamisë kishës stacionit firmës kompanisë
	policisë drejtorisë klubit
	hotela hotel motela motel bara kafane kafića kafić restorana restoran lokala škole školi sela selu opštine opštini opštinu ministarstva ministarstvu ministarstvo bolnice džamije crkve stanice firme
	preduzeća policije policiji kluba`)

// loneWords say that somebody is the only one of a kind.
var loneWords = careList(`only sole single
	vetmi vetmja vetmin vetmen vetme
	jedini jedina jedinu jedinog jedinom`)

// personWords are persons of whom one can be the only one.
var personWords = careList(`student pupil girl boy woman man female male child employee worker teacher doctor resident inhabitant family member
	nxënës* student* vajzë* vajza* djalë* djali grua gruaja burr* fëmij* femër femra mësues* banor* punonjës* punëtor* familj* anëtar*
	učeni* student* devojčic* devojk* dečak* žen* muškar* det* zaposlen* radni* stanovni* porodic* član*`)

// careWords are words to look up, and beginnings of words.
type careWords struct {
	whole  map[string]bool
	begins []string
}

func careList(text string) careWords {
	w := careWords{whole: map[string]bool{}}
	for _, word := range strings.Fields(locale.Fold(text)) {
		if begin, ok := strings.CutSuffix(word, "*"); ok {
			w.begins = append(w.begins, begin)
			continue
		}
		w.whole[word] = true
	}
	return w
}

// has reports whether a folded word is among the words.
func (w careWords) has(word string) bool {
	if w.whole[word] {
		return true
	}
	for _, b := range w.begins {
		if strings.HasPrefix(word, b) {
			return true
		}
	}
	return false
}
