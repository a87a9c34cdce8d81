"""What texts of a language other than English are filled with: where its people, towns, companies and numbers come from."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """
    locales: of faker, with weights; the first is asked for what is the same in all. towns: locales of faker whose towns are
    real ones. airports: countries whose airports lend their towns. regions: of telephone numbers, with weights. street and
    institution take {name} and {number}, {city} and {name}; address takes {street}, {postcode} and {city}.
    """
    locales: dict
    towns: list
    airports: list
    regions: dict
    ibans: list
    months: list
    weekdays: list
    dates: list
    amounts: list
    streets: list
    street_names: list
    address: list
    forms: list
    industries: list
    company: str
    partners: list
    institutions: list
    known: list


# Names of people from elsewhere, as they are met in any of these languages.
FOREIGN = {"en_GB": 3, "pl_PL": 2, "tr_TR": 2, "hr_HR": 1, "ro_RO": 1, "it_IT": 1, "es_ES": 1, "fr_FR": 1, "de_DE": 1}


def listed(text):
    return [part.strip() for part in text.split("|")]


LANGUAGES = {
    "de": Language(
        locales={"de_DE": 7, "de_AT": 2, "de_CH": 1}, towns=["de_DE", "de_DE", "de_AT", "de_CH"], airports=["DE", "AT", "CH"],
        regions={"DE": 7, "AT": 2, "CH": 1}, ibans=["de_DE", "de_AT", "de_CH"],
        months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
        weekdays="Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
        dates=["{d:02}.{m:02}.{y}", "{d:02}.{m:02}.{y}", "{d}.{m}.{y}", "{d}. {month} {y}", "{y}-{m:02}-{d:02}"],
        amounts=["{} €", "EUR {}", "{} Euro"],
        streets=["{name}straße {number}", "{name}weg {number}", "{name}gasse {number}", "{name}allee {number}",
                 "{last}straße {number}", "{first}-{last}-Straße {number}", "Am {name}platz {number}", "An der {name} {number}"],
        street_names=listed("Linden|Bahnhof|Garten|Schul|Kirch|Berg|Wiesen|Birken|Mühlen|Ring|Haupt|Rosen|Buchen|Feld|Tannen|Goethe"),
        address=["{street}, {postcode} {city}", "{street}\n{postcode} {city}", "{street} in {postcode} {city}"],
        forms=listed("GmbH|AG|GmbH & Co. KG|KG|e. V.|OHG|UG|SE|eG|e.K."),
        industries=listed("Maschinenbau|Logistik|Versicherung|Elektrotechnik|Bau|Druck|Medien|Software|Brauerei|Chemie|Möbel|Energie"),
        company="{name} {industry} {form}", partners=["{a} & {b}", "{a} & Söhne", "Gebrüder {a}"],
        institutions=listed("Universität {city}|Klinikum {city}|Sparkasse {city}|Stadtwerke {city}|Amtsgericht {city}|Hochschule {city}"
                            "|Volksbank {city}|{name}-Gymnasium|Krankenhaus {city}"),
        known=listed("Siemens|Bosch|Lufthansa|Allianz|Commerzbank|Deutsche Bahn|BASF|Bayer|Volkswagen|Daimler|SAP|Henkel|Adidas"
                     "|Deutsche Telekom|Continental|ThyssenKrupp|Rewe|Edeka|Aldi|Otto Group|Infineon|Merck|Beiersdorf|Zalando")),
    "fr": Language(
        locales={"fr_FR": 8, "fr_CH": 1}, towns=[], airports=["FR", "FR", "FR", "BE", "CH"],
        regions={"FR": 7, "BE": 1, "CH": 1}, ibans=["fr_FR", "fr_FR", "nl_BE"],
        months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
        weekdays="lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
        dates=["{d:02}/{m:02}/{y}", "{d:02}/{m:02}/{y}", "{d} {month} {y}", "{d:02}.{m:02}.{y}", "{y}-{m:02}-{d:02}"],
        amounts=["{} €", "{} euros", "EUR {}"],
        streets=["{number} rue {name}", "{number}, rue {name}", "{number} avenue {name}", "{number} rue {first} {last}",
                 "{number} boulevard {last}", "{number} bis chemin {name}", "{number}, place {name}"],
        street_names=listed("des Lilas|de la Gare|du Moulin|de l'Église|Victor Hugo|des Écoles|de la République|du Château"
                            "|des Jardins|de la Fontaine|Pasteur|des Acacias|du Stade|de Verdun"),
        address=["{street}, {postcode} {city}", "{street}\n{postcode} {city}", "{street} à {city}"],
        forms=listed("SARL|SAS|SA|S.A.|SASU|EURL|SNC|et Cie"),
        industries=listed("Transports|Assurances|Électronique|Bâtiment|Imprimerie|Conseil|Logiciels|Brasserie|Chimie|Meubles|Énergie"),
        company="{industry} {name} {form}", partners=["{a} et {b}", "{a} & Fils", "{a} Frères"],
        institutions=listed("Université de {city}|CHU de {city}|Mairie de {city}|Clinique {name}|Lycée {name}|Hôpital {name}"
                            "|Chambre de commerce de {city}|Banque Populaire de {city}"),
        known=listed("Renault|Peugeot|Carrefour|Air France|BNP Paribas|Société Générale|Orange|Danone|Michelin|L'Oréal|Total|Airbus"
                     "|Sanofi|Capgemini|Decathlon|Bouygues|Veolia|Thales|Auchan|Crédit Agricole|La Poste|SNCF|Saint-Gobain")),
    "es": Language(
        locales={"es_ES": 7, "es_MX": 1, "es_CO": 1}, towns=["es_ES", "es_CO"], airports=["ES", "ES", "MX"],
        regions={"ES": 7, "MX": 1}, ibans=["es_ES"],
        months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
        weekdays="lunes martes miércoles jueves viernes sábado domingo".split(),
        dates=["{d:02}/{m:02}/{y}", "{d:02}/{m:02}/{y}", "{d} de {month} de {y}", "{d:02}-{m:02}-{y}", "{y}-{m:02}-{d:02}"],
        amounts=["{} €", "{} euros", "EUR {}"],
        streets=["calle {name} {number}", "Calle {name}, {number}", "C/ {name} {number}", "Avenida {name} {number}", "Plaza {name}, {number}",
                 "calle {first} {last} {number}", "Paseo {name} {number}"],
        street_names=listed("Mayor|de la Iglesia|del Sol|San Juan|de la Fuente|Real|del Carmen|de los Olivos|de Castilla|Nueva"
                            "|de la Estación|del Prado|Cervantes|de las Flores"),
        address=["{street}, {postcode} {city}", "{street}, {floor}, {postcode} {city}", "{street}, {city}", "{street}\n{postcode} {city}"],
        forms=listed("S.L.|S.A.|SL|SA|S.L.U.|S. Coop.|SLU"),
        industries=listed("Transportes|Seguros|Electrónica|Construcciones|Imprenta|Consultores|Bodegas|Química|Muebles|Energía|Talleres"),
        company="{industry} {name} {form}", partners=["{a} y {b}", "{a} e Hijos", "Hermanos {a}"],
        institutions=listed("Universidad de {city}|Hospital General de {city}|Ayuntamiento de {city}|Clínica {name}|Colegio {name}"
                            "|Cámara de Comercio de {city}|Caja Rural de {city}|Instituto {name}"),
        known=listed("Telefónica|Iberia|Inditex|Repsol|Endesa|Iberdrola|BBVA|Banco Santander|Mercadona|El Corte Inglés|Mapfre|Seat"
                     "|Renfe|CaixaBank|Ferrovial|Naturgy|Mango|Zara|Correos|Bankinter|Indra|Cepsa")),
    "it": Language(
        locales={"it_IT": 1}, towns=["it_IT"], airports=["IT", "IT", "CH"],
        regions={"IT": 8, "CH": 1}, ibans=["it_IT", "it_IT", "de_CH"],
        months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
        weekdays="lunedì martedì mercoledì giovedì venerdì sabato domenica".split(),
        dates=["{d:02}/{m:02}/{y}", "{d:02}/{m:02}/{y}", "{d} {month} {y}", "{d:02}.{m:02}.{y}", "{y}-{m:02}-{d:02}"],
        amounts=["{} €", "€ {}", "{} euro"],
        streets=["via {name} {number}", "Via {name}, {number}", "via {first} {last}, {number}", "viale {name} {number}", "Piazza {name} {number}",
                 "Corso {last} {number}", "Largo {name}, {number}"],
        street_names=listed("Roma|Garibaldi|della Stazione|dei Mille|Dante Alighieri|San Marco|del Mulino|Mazzini|delle Rose|Vittorio Veneto"
                            "|del Lavoro|Cavour|dei Tigli|Verdi"),
        address=["{street}, {postcode} {city}", "{street}, {postcode} {city} ({province})", "{street}\n{postcode} {city}", "{street}, {city}"],
        forms=listed("S.r.l.|S.p.A.|Srl|SpA|SRL|S.a.s.|S.n.c.|Soc. Coop."),
        industries=listed("Trasporti|Assicurazioni|Elettronica|Costruzioni|Tipografia|Consulenza|Cantine|Chimica|Mobili|Energia|Officine"),
        company="{industry} {name} {form}", partners=["{a} e {b}", "{a} & Figli", "Fratelli {a}"],
        institutions=listed("Università di {city}|Ospedale Civile di {city}|Comune di {city}|Clinica {name}|Liceo {name}"
                            "|Camera di Commercio di {city}|Banca Popolare di {city}|Istituto {name}"),
        known=listed("Fiat|Ferrari|Eni|Enel|Telecom Italia|Barilla|Ferrero|Intesa Sanpaolo|UniCredit|Generali|Pirelli|Luxottica|Prada"
                     "|Trenitalia|Esselunga|Poste Italiane|Leonardo|Mediaset|Lavazza|Campari|Benetton|Gucci")),
    "nl": Language(
        locales={"nl_NL": 7, "nl_BE": 2}, towns=["nl_NL", "nl_NL", "nl_BE"], airports=["NL", "BE"],
        regions={"NL": 7, "BE": 2}, ibans=["nl_NL", "nl_NL", "nl_BE"],
        months="januari februari maart april mei juni juli augustus september oktober november december".split(),
        weekdays="maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split(),
        dates=["{d:02}-{m:02}-{y}", "{d:02}-{m:02}-{y}", "{d} {month} {y}", "{d}/{m}/{y}", "{y}-{m:02}-{d:02}"],
        amounts=["€ {}", "€{}", "{} euro"],
        streets=["{name}straat {number}", "{name}weg {number}", "{name}laan {number}", "{name}plein {number}", "{last}straat {number}",
                 "{name}gracht {number}", "Burgemeester {last}laan {number}", "{name}kade {number}"],
        street_names=listed("Kerk|Dorps|School|Molen|Beuken|Linden|Stations|Nieuw|Prinsen|Juliana|Wilhelmina|Eiken|Haven|Berken"),
        address=["{street}, {postcode} {city}", "{street}\n{postcode} {city}", "{street} in {city}", "{street}, {city}"],
        forms=listed("B.V.|BV|N.V.|NV|V.O.F.|VOF|U.A."),
        industries=listed("Transport|Verzekeringen|Elektronica|Bouw|Drukkerij|Advies|Brouwerij|Chemie|Meubelen|Energie|Techniek"),
        company="{name} {industry} {form}", partners=["{a} & {b}", "{a} en Zonen", "Gebroeders {a}"],
        institutions=listed("Universiteit van {city}|Ziekenhuis {city}|Gemeente {city}|Hogeschool {city}|Rechtbank {city}|{name} College"
                            "|Stichting {name}|Woningcorporatie {city}"),
        known=listed("Philips|Heineken|Rabobank|ING|ABN AMRO|KLM|Shell|Unilever|Albert Heijn|Bol.com|ASML|PostNL|KPN|Ziggo|Aegon|DSM"
                     "|Achmea|Randstad|Hema|Colruyt|Proximus|KBC")),
    "pt": Language(
        locales={"pt_PT": 6, "pt_BR": 3}, towns=["pt_PT"], airports=["PT", "BR"],
        regions={"PT": 6, "BR": 3}, ibans=["pt_PT"],
        months="janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(),
        weekdays=listed("segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|tarde de sábado|manhã de domingo"),
        dates=["{d:02}/{m:02}/{y}", "{d:02}/{m:02}/{y}", "{d} de {month} de {y}", "{d:02}-{m:02}-{y}", "{y}-{m:02}-{d:02}"],
        amounts=["{} €", "{} euros", "R$ {}"],
        streets=["rua {name} {number}", "Rua {name}, {number}", "Rua {name} nº {number}", "Avenida {name}, {number}", "Praça {name} {number}",
                 "Rua {first} {last}, {number}", "Travessa {name} {number}"],
        street_names=listed("das Flores|da Igreja|do Comércio|de São João|da Liberdade|da República|Direita|do Sol|da Fonte|dos Pescadores"
                            "|do Carmo|da Escola|das Oliveiras|Camões"),
        address=["{street}, {postcode} {city}", "{street}, {floor}, {postcode} {city}", "{street}, {city}", "{street}\n{postcode} {city}"],
        forms=listed("Lda.|Lda|S.A.|SA|Unipessoal Lda|Ltda|Ltda.|SGPS"),
        industries=listed("Transportes|Seguros|Eletrónica|Construções|Tipografia|Consultores|Vinhos|Química|Móveis|Energia|Oficinas"),
        company="{industry} {name} {form}", partners=["{a} e {b}", "{a} & Filhos", "Irmãos {a}"],
        institutions=listed("Universidade de {city}|Hospital de {city}|Câmara Municipal de {city}|Clínica {name}|Escola Secundária {name}"
                            "|Associação Comercial de {city}|Caixa Agrícola de {city}|Instituto {name}"),
        known=listed("EDP|Galp|TAP|Sonae|Pingo Doce|Millennium BCP|Caixa Geral de Depósitos|CTT|NOS|Jerónimo Martins|Petrobras|Itaú"
                     "|Bradesco|Embraer|Natura|Ambev|Vale|Banco do Brasil|Delta Cafés|Mota-Engil|Efacec|Fidelidade")),
}
